package tcpflowcheck.capture;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pcap-filter expression, compiled by libpcap once for each link type and run here, so that it works on every input;
 * a call of libpcap for each frame costs thirty times as much.
 */
public final class BpfFilter {
    /** Of a program as libpcap gives it: how many instructions, and where they are. */
    private static final int PROGRAM_SIZE = 16;

    private static final int INSTRUCTIONS_AT = 8;
    private static final int INSTRUCTION_SIZE = 8;
    private static final int NETMASK_UNKNOWN = 0xffff_ffff;

    private final String expression;
    private final Map<Integer, BpfProgram> programs = new HashMap<>();
    private @Nullable BpfProgram last;
    private int lastLinkType = -1;

    /**
     * Compiles it for Ethernet, so that a wrong expression is known before anything is read.
     *
     * @throws CaptureException if it is wrong, or libpcap is not installed
     */
    public BpfFilter(String expression) throws CaptureException {
        this.expression = expression;
        program(LinkType.EN10MB.number());
    }

    private BpfFilter(String expression, Map<Integer, long[]> compiled) {
        this.expression = expression;
        for (Map.Entry<Integer, long[]> each : compiled.entrySet()) {
            programs.put(each.getKey(), new BpfProgram(each.getValue()));
        }
    }

    /** One that {@link #compiled} gave elsewhere, so that no libpcap is needed here. */
    public static BpfFilter of(String expression, Map<Integer, long[]> compiled) {
        return new BpfFilter(expression, compiled);
    }

    /** Given: its instructions for each link type that it can be compiled for. */
    public Map<Integer, long[]> compiled() {
        Map<Integer, long[]> compiled = new HashMap<>();
        for (LinkType linkType : LinkType.values()) {
            try {
                compiled.put(linkType.number(), program(linkType.number()).packed());
            } catch (CaptureException unfit) {
                // that link type has no such field; who meets a frame of it is told
            }
        }
        return compiled;
    }

    /** Whether the expression is true of a frame. */
    public boolean accepts(Frame frame) throws CaptureException {
        BpfProgram program = last != null && frame.linkType() == lastLinkType ? last : program(frame.linkType());
        return program.accepts(frame);
    }

    private BpfProgram program(int linkType) throws CaptureException {
        BpfProgram program = programs.get(linkType);
        if (program == null) {
            try {
                program = compile(linkType);
            } catch (LinkageError e) {
                throw CaptureException.unreadable(
                        "filter '" + expression + "'",
                        "libpcap is needed to compile it and can't be loaded (Debian: apt-get install libpcap0.8)",
                        e);
            }
            programs.put(linkType, program);
        }
        last = program;
        lastLinkType = linkType;
        return program;
    }

    private BpfProgram compile(int linkType) throws CaptureException {
        NativeLibrary pcap = NativeLibrary.getInstance("pcap");
        Pointer dead = pcap.getFunction("pcap_open_dead")
                .invokePointer(new Object[] {LinkType.hostNumber(linkType), CaptureFile.MAX_CAPTURED_LENGTH});
        Memory program = new Memory(PROGRAM_SIZE);
        try {
            int result = pcap.getFunction("pcap_compile")
                    .invokeInt(new Object[] {dead, program, expression, 1, NETMASK_UNKNOWN});
            if (result != 0) {
                String why = pcap.getFunction("pcap_geterr").invokeString(new Object[] {dead}, false);
                String link = linkType == LinkType.EN10MB.number() ? "" : " (on " + LinkType.nameOf(linkType) + ")";
                throw CaptureException.unreadable("filter '" + expression + "'", why + link, null);
            }
            BpfProgram read = read(program);
            pcap.getFunction("pcap_freecode").invokeVoid(new Object[] {program});
            return read;
        } finally {
            pcap.getFunction("pcap_close").invokeVoid(new Object[] {dead});
        }
    }

    private static BpfProgram read(Memory program) {
        int count = program.getInt(0);
        Pointer instructions = program.getPointer(INSTRUCTIONS_AT);
        BpfProgram read = new BpfProgram(count);
        for (int i = 0; i < count; i++) {
            long at = (long) i * INSTRUCTION_SIZE;
            read.set(
                    i,
                    instructions.getShort(at) & 0xffff,
                    instructions.getByte(at + 2) & 0xff,
                    instructions.getByte(at + 3) & 0xff,
                    instructions.getInt(at + 4));
        }
        return read;
    }
}
