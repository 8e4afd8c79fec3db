package tcpflowcheck.capture;

/** A program of the BSD packet filter (McCanne and Jacobson, 1993), and the machine that runs it. */
final class BpfProgram {
    private static final int MEMORY = 16;

    // classes
    private static final int LD = 0;
    private static final int LDX = 1;
    private static final int ST = 2;
    private static final int STX = 3;
    private static final int ALU = 4;
    private static final int JMP = 5;
    private static final int RET = 6;

    // addressing modes
    private static final int IMM = 0x00;
    private static final int ABS = 0x20;
    private static final int IND = 0x40;
    private static final int MEM = 0x60;
    private static final int LEN = 0x80;
    private static final int MSH = 0xa0;

    private final int[] codes;
    private final int[] jumpsIfTrue;
    private final int[] jumpsIfFalse;
    private final int[] constants;
    private final int[] memory = new int[MEMORY];

    /** As {@link #packed} gave it. */
    BpfProgram(long[] packed) {
        this(packed.length);
        for (int i = 0; i < packed.length; i++) {
            int operation = (int) (packed[i] >>> Integer.SIZE);
            set(i, operation >>> 16, operation >>> 8 & 0xff, operation & 0xff, (int) packed[i]);
        }
    }

    /** The instructions, each as the kernel has it: a code of 16 bits, two jumps of 8, a constant of 32. */
    long[] packed() {
        long[] packed = new long[codes.length];
        for (int i = 0; i < packed.length; i++) {
            int operation = codes[i] << 16 | jumpsIfTrue[i] << 8 | jumpsIfFalse[i];
            packed[i] = ((long) operation << Integer.SIZE) | (constants[i] & 0xffff_ffffL);
        }
        return packed;
    }

    BpfProgram(int instructions) {
        codes = new int[instructions];
        jumpsIfTrue = new int[instructions];
        jumpsIfFalse = new int[instructions];
        constants = new int[instructions];
    }

    void set(int index, int code, int jumpIfTrue, int jumpIfFalse, int constant) {
        codes[index] = code;
        jumpsIfTrue[index] = jumpIfTrue;
        jumpsIfFalse[index] = jumpIfFalse;
        constants[index] = constant;
    }

    /** Runs it on a frame; what lies past the captured octets is false, as in the kernel. */
    boolean accepts(Frame frame) {
        int a = 0;
        int x = 0;
        for (int at = 0; at < codes.length; at++) {
            int code = codes[at];
            int k = constants[at];
            switch (code & 7) {
                case LD -> {
                    long loaded = load(frame, code, k, x);
                    if (loaded < 0) {
                        return false;
                    }
                    a = (int) loaded;
                }
                case LDX -> {
                    long loaded = load(frame, code, k, x);
                    if (loaded < 0) {
                        return false;
                    }
                    x = (int) loaded;
                }
                case ST -> memory[k & MEMORY - 1] = a;
                case STX -> memory[k & MEMORY - 1] = x;
                case ALU -> {
                    int operand = (code & 8) != 0 ? x : k;
                    boolean byZero = operand == 0 && ((code & 0xf0) == 0x30 || (code & 0xf0) == 0x90);
                    if (byZero) {
                        return false;
                    }
                    a = compute(code & 0xf0, a, operand);
                }
                case JMP -> at += jump(at, code, a, (code & 8) != 0 ? x : k);
                case RET -> {
                    return ((code & 0x18) == 0x10 ? a : k) != 0;
                }
                default -> {
                    // MISC: TAX and TXA
                    if ((code & 0x80) == 0) {
                        x = a;
                    } else {
                        a = x;
                    }
                }
            }
        }
        return false;
    }

    /** Unsigned, or -1 where the frame has no such octets. */
    private long load(Frame frame, int code, int k, int x) {
        return switch (code & 0xe0) {
            case IMM -> k & 0xffff_ffffL;
            case ABS -> octets(frame, k & 0xffff_ffffL, code & 0x18);
            case IND -> octets(frame, (k & 0xffff_ffffL) + (x & 0xffff_ffffL), code & 0x18);
            case MEM -> memory[k & MEMORY - 1] & 0xffff_ffffL;
            case LEN -> frame.wireLength();
            case MSH -> {
                long octet = octets(frame, k & 0xffff_ffffL, 0x10);
                yield octet < 0 ? octet : (octet & 0xf) << 2;
            }
            default -> -1;
        };
    }

    private static long octets(Frame frame, long offset, int size) {
        int count = size == 0 ? 4 : size == 0x08 ? 2 : 1;
        if (offset + count > frame.capturedLength()) {
            return -1;
        }
        int at = frame.offset() + (int) offset;
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | (frame.buffer()[at + i] & 0xff);
        }
        return value;
    }

    private static int compute(int operation, int a, int operand) {
        return switch (operation) {
            case 0x00 -> a + operand;
            case 0x10 -> a - operand;
            case 0x20 -> a * operand;
            case 0x30 -> Integer.divideUnsigned(a, operand);
            case 0x40 -> a | operand;
            case 0x50 -> a & operand;
            case 0x60 -> Integer.compareUnsigned(operand, 31) > 0 ? 0 : a << operand;
            case 0x70 -> Integer.compareUnsigned(operand, 31) > 0 ? 0 : a >>> operand;
            case 0x80 -> -a;
            case 0x90 -> Integer.remainderUnsigned(a, operand);
            default -> a ^ operand;
        };
    }

    private int jump(int at, int code, int a, int operand) {
        boolean taken = switch (code & 0xf0) {
            case 0x00 -> true;
            case 0x10 -> a == operand;
            case 0x20 -> Integer.compareUnsigned(a, operand) > 0;
            case 0x30 -> Integer.compareUnsigned(a, operand) >= 0;
            default -> (a & operand) != 0;
        };
        if ((code & 0xf0) == 0x00) {
            return constants[at];
        }
        return taken ? jumpsIfTrue[at] : jumpsIfFalse[at];
    }
}
