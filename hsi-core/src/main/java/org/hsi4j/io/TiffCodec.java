package org.hsi4j.io;

import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Undoes the compressions of TIFF that scientific images use. Never writes more than the bytes that are expected. */
enum TiffCodec {
    NONE(1),
    LZW(2731),
    PACK_BITS(64),
    DEFLATE(1032);

    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int CODES = 4096;

    private final long largestRatio;

    TiffCodec(long largestRatio) {
        this.largestRatio = largestRatio;
    }

    /** The compression of a number, empty for one that is not supported. */
    static Optional<TiffCodec> of(int number) {
        return switch (number) {
            case 1 -> Optional.of(NONE);
            case 5 -> Optional.of(LZW);
            case 8, 32946 -> Optional.of(DEFLATE);
            case 32773 -> Optional.of(PACK_BITS);
            default -> Optional.empty();
        };
    }

    /** The name of a compression. */
    static String name(int number) {
        return switch (number) {
            case 2, 3, 4 -> "CCITT fax";
            case 6, 7 -> "JPEG";
            case 34712 -> "JPEG 2000";
            case 34887 -> "LERC";
            case 34925 -> "LZMA";
            case 50000 -> "ZSTD";
            case 50001 -> "WebP";
            case 50002 -> "JPEG XL";
            default -> "number " + number;
        };
    }

    /** Most bytes that one compressed byte can stand for. */
    long largestRatio() {
        return largestRatio;
    }

    /** Fills the target; returns how many bytes there were. */
    int decode(byte[] from, byte[] to) {
        return switch (this) {
            case NONE -> copy(from, to);
            case LZW -> lzw(from, to);
            case PACK_BITS -> packBits(from, to);
            case DEFLATE -> inflate(from, to);
        };
    }

    private static int copy(byte[] from, byte[] to) {
        int n = Math.min(from.length, to.length);
        System.arraycopy(from, 0, to, 0, n);
        return n;
    }

    private static int inflate(byte[] from, byte[] to) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(from);
            int done = 0;
            while (done < to.length) {
                int n = inflater.inflate(to, done, to.length - done);
                if (n == 0) {
                    break;
                }
                done += n;
            }
            return done;
        } catch (DataFormatException e) {
            return -1;
        } finally {
            inflater.end();
        }
    }

    private static int packBits(byte[] from, byte[] to) {
        int at = 0;
        int done = 0;
        while (at < from.length && done < to.length) {
            int n = from[at++];
            if (n >= 0) {
                int count = Math.min(Math.min(n + 1, from.length - at), to.length - done);
                System.arraycopy(from, at, to, done, count);
                at += n + 1;
                done += count;
            } else if (n > -128 && at < from.length) {
                byte value = from[at++];
                for (int i = 0; i < 1 - n && done < to.length; i++) {
                    to[done++] = value;
                }
            }
        }
        return done;
    }

    /** Codes of 9 to 12 bits, the first bit first; a code stands for a run of the output and the byte after it. */
    private static int lzw(byte[] from, byte[] to) {
        int[] start = new int[CODES];
        int[] length = new int[CODES];
        int next = END + 1;
        int bits = 9;
        int done = 0;
        int previousStart = -1;
        int previousLength = 0;
        long bit = 0;
        while (done < to.length && bit + bits <= 8L * from.length) {
            int code = code(from, bit, bits);
            bit += bits;
            if (code == END) {
                break;
            }
            if (code == CLEAR) {
                next = END + 1;
                bits = 9;
                previousStart = -1;
                continue;
            }
            if (previousStart >= 0 && next < CODES) {
                start[next] = previousStart; // the string before and the byte that is written next
                length[next] = previousLength + 1;
                next++;
            }
            if (code >= next) {
                return -1;
            }
            int at = done;
            if (code < CLEAR) {
                to[done++] = (byte) code;
            } else {
                for (int i = 0; i < length[code] && done < to.length; i++) {
                    to[done] = to[start[code] + i];
                    done++;
                }
            }
            previousStart = at;
            previousLength = done - at;
            if (next >= (1 << bits) - 1 && bits < 12) {
                bits++;
            }
        }
        return done;
    }

    private static int code(byte[] from, long bit, int bits) {
        int at = (int) (bit >> 3);
        int word = (from[at] & 0xff) << 16
                | (at + 1 < from.length ? from[at + 1] & 0xff : 0) << 8
                | (at + 2 < from.length ? from[at + 2] & 0xff : 0);
        return word >> (24 - (int) (bit & 7) - bits) & ((1 << bits) - 1);
    }
}
