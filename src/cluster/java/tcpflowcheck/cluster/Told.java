package tcpflowcheck.cluster;

import java.io.Serializable;

/** Given: something that a bucket tells, a part of its flows or what it takes to tell of all together. */
record Told(Kind kind, byte[] octets) implements Serializable {
    private static final long serialVersionUID = 1L;

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
