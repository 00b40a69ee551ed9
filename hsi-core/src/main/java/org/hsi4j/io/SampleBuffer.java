package org.hsi4j.io;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/**
 * Samples of one type in a buffer of bytes. Numbers are taken out in bulk (the JVM copies and swaps bytes many at once) and
 * turned in a second loop, which vectorises.
 */
abstract class SampleBuffer {
    private static final int CHUNK = 2048;

    /** Reads a run of samples as float64. */
    abstract void get(int first, int count, double[] target, int offset);

    /** The samples of a buffer that has its byte order. */
    static SampleBuffer of(ByteBuffer bytes, SampleType type) {
        return switch (type) {
            case UINT8 -> new Bytes(bytes);
            case INT16 -> new Shorts(bytes.asShortBuffer(), false);
            case UINT16 -> new Shorts(bytes.asShortBuffer(), true);
            case INT32 -> new Ints(bytes.asIntBuffer(), false);
            case UINT32 -> new Ints(bytes.asIntBuffer(), true);
            case INT64 -> new Longs(bytes.asLongBuffer(), false);
            case UINT64 -> new Longs(bytes.asLongBuffer(), true);
            case FLOAT32 -> new Floats(bytes.asFloatBuffer());
            case FLOAT64 -> new Doubles(bytes.asDoubleBuffer());
        };
    }

    /** A 64-bit unsigned integer. */
    static double unsigned(long bits) {
        // halved with the lost bit kept, so that the rounding to float64 happens once
        return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1));
    }

    private static final class Bytes extends SampleBuffer {
        private final ByteBuffer buffer;
        private final Spare<byte[]> spare = new Spare<>(() -> new byte[CHUNK]);

        Bytes(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        void get(int first, int count, double[] target, int offset) {
            byte[] chunk = spare.take();
            for (int done = 0; done < count; done += CHUNK) {
                int n = Math.min(CHUNK, count - done);
                buffer.get(first + done, chunk, 0, n);
                for (int i = 0; i < n; i++) {
                    target[offset + done + i] = chunk[i] & 0xff;
                }
            }
            spare.give(chunk);
        }
    }

    private static final class Shorts extends SampleBuffer {
        private final ShortBuffer buffer;
        private final Spare<short[]> spare = new Spare<>(() -> new short[CHUNK]);
        private final int mask;

        Shorts(ShortBuffer buffer, boolean unsigned) {
            this.buffer = buffer;
            this.mask = unsigned ? 0xffff : 0xffffffff;
        }

        @Override
        void get(int first, int count, double[] target, int offset) {
            short[] chunk = spare.take();
            for (int done = 0; done < count; done += CHUNK) {
                int n = Math.min(CHUNK, count - done);
                buffer.get(first + done, chunk, 0, n);
                for (int i = 0; i < n; i++) {
                    target[offset + done + i] = chunk[i] & mask;
                }
            }
            spare.give(chunk);
        }
    }

    private static final class Ints extends SampleBuffer {
        private final IntBuffer buffer;
        private final Spare<int[]> spare = new Spare<>(() -> new int[CHUNK]);
        private final long mask;

        Ints(IntBuffer buffer, boolean unsigned) {
            this.buffer = buffer;
            this.mask = unsigned ? 0xffffffffL : -1L;
        }

        @Override
        void get(int first, int count, double[] target, int offset) {
            int[] chunk = spare.take();
            for (int done = 0; done < count; done += CHUNK) {
                int n = Math.min(CHUNK, count - done);
                buffer.get(first + done, chunk, 0, n);
                for (int i = 0; i < n; i++) {
                    target[offset + done + i] = chunk[i] & mask;
                }
            }
            spare.give(chunk);
        }
    }

    private static final class Longs extends SampleBuffer {
        private final LongBuffer buffer;
        private final Spare<long[]> spare = new Spare<>(() -> new long[CHUNK]);
        private final boolean unsigned;

        Longs(LongBuffer buffer, boolean unsigned) {
            this.buffer = buffer;
            this.unsigned = unsigned;
        }

        @Override
        void get(int first, int count, double[] target, int offset) {
            long[] chunk = spare.take();
            for (int done = 0; done < count; done += CHUNK) {
                int n = Math.min(CHUNK, count - done);
                buffer.get(first + done, chunk, 0, n);
                for (int i = 0; i < n; i++) {
                    target[offset + done + i] = unsigned ? unsigned(chunk[i]) : chunk[i];
                }
            }
            spare.give(chunk);
        }
    }

    private static final class Floats extends SampleBuffer {
        private final FloatBuffer buffer;
        private final Spare<float[]> spare = new Spare<>(() -> new float[CHUNK]);

        Floats(FloatBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        void get(int first, int count, double[] target, int offset) {
            float[] chunk = spare.take();
            for (int done = 0; done < count; done += CHUNK) {
                int n = Math.min(CHUNK, count - done);
                buffer.get(first + done, chunk, 0, n);
                for (int i = 0; i < n; i++) {
                    target[offset + done + i] = chunk[i];
                }
            }
            spare.give(chunk);
        }
    }

    private static final class Doubles extends SampleBuffer {
        private final DoubleBuffer buffer;

        Doubles(DoubleBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        void get(int first, int count, double[] target, int offset) {
            buffer.get(first, target, offset, count);
        }
    }
}
