package tcpflowcheck.cluster;

import java.io.Serializable;

/** Given: something that a bucket tells, a part of its flows or what it takes to tell of all together. */
final class Told implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final byte[] octets;

    Told(Kind kind, byte[] octets) {
        this.kind = kind;
        this.octets = octets;
    }

    Kind kind() {
        return kind;
    }

    byte[] octets() {
        return octets;
    }

    enum Kind {
        /** A {@link Tape}. */
        FLOWS,
        /** {@link Births}: where its flows began, and the questions of {@link WiresharkPlaces}. */
        BIRTHS,
        /** A list of {@link WiresharkPlaces.Shift}. */
        SHIFTS,
        /** A block of {@link CrowdRecords}, behind its packed key. */
        CROWD,
        /** A {@link Part}. */
        PART,
        /** What ends showed, of {@link Ends}. */
        ENDS,
        /** The groups of flows. */
        GROUPS
    }
}
