package tcpflowcheck.tcp;

/** The two ends of a connection; the roles are decided at its first segment and never change. */
public enum Side {
    CLIENT("client"),
    SERVER("server");

    private final String text;

    Side(String text) {
        this.text = text;
    }

    public Side peer() {
        return this == CLIENT ? SERVER : CLIENT;
    }

    @Override
    public String toString() {
        return text;
    }
}
