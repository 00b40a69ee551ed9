package org.hsi4j.io;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a NumPy file (.npy) of version 1, 2 or 3, with its sizes checked against the file.
 *
 * @param file the file
 * @param type how a number is stored; int8 has none of its own and is {@code INT16} with {@code signedBytes}
 * @param signedBytes whether the numbers are of 8 bits with a sign
 * @param order order of the bytes of a number
 * @param fortran whether the first index runs fastest
 * @param shape length of every axis
 * @param offset bytes before the first number
 */
record NpyFile(
        Path file,
        SampleType type,
        boolean signedBytes,
        ByteOrder order,
        boolean fortran,
        List<Integer> shape,
        long offset) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']{1,64})'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]*)\\)");

    /** Whether a file starts as an array of NumPy does. */
    static boolean isNpy(byte[] head) {
        return head.length >= 8 && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** Reads the header. */
    static NpyFile open(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(stream)) {
            byte[] start = new byte[8];
            in.readFully(start);
            if (!isNpy(start)) {
                throw new MalformedFileException(file, "file type", FileTypes.describe(start), "a NumPy array (.npy)");
            }
            int version = start[6];
            if (version < 1 || version > 3) {
                throw new MalformedFileException(file, "header", "version " + version, "1, 2 or 3");
            }
            long length = version == 1
                    ? Short.toUnsignedLong(Short.reverseBytes(in.readShort()))
                    : Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
            if (length > LONGEST_HEADER) {
                throw new MalformedFileException(
                        file, "header", "a header of " + length + " bytes", "at most " + LONGEST_HEADER);
            }
            byte[] text = new byte[(int) length];
            in.readFully(text);
            NpyFile header = parse(file, new String(text, StandardCharsets.UTF_8), length + (version == 1 ? 10 : 12));
            header.requireFit();
            return header;
        } catch (EOFException e) {
            throw new MalformedFileException(file, "header", "the end of the file", "a whole header", e);
        }
    }

    private static NpyFile parse(Path file, String text, long offset) throws IOException {
        String type = field(file, text, TYPE, "'descr'");
        boolean fortran = field(file, text, FORTRAN, "'fortran_order'").equals("True");
        List<Integer> shape = new ArrayList<>();
        for (String item : field(file, text, SHAPE, "'shape'").split(",", -1)) {
            String length = item.strip();
            if (length.matches("[0-9]{1,10}") && Long.parseLong(length) <= Integer.MAX_VALUE) {
                shape.add(Integer.parseInt(length));
            } else if (!length.isEmpty()) {
                throw new MalformedFileException(file, "'shape'", length, "lengths up to 2^31-1");
            }
        }
        boolean big = type.startsWith(">");
        String plain = type.replaceAll("^[<>|=]", "");
        boolean signedBytes = plain.equals("i1");
        SampleType sampleType = type(plain)
                .orElseThrow(() -> new MalformedFileException(
                        file,
                        "'descr'",
                        "the type " + MalformedFileException.quote(type),
                        "integers of 1 to 8 bytes, float32, float64 or bool"));
        return new NpyFile(
                file,
                sampleType,
                signedBytes,
                big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                fortran,
                List.copyOf(shape),
                offset);
    }

    private static String field(Path file, String text, Pattern pattern, String name) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new MalformedFileException(
                    file, "header", MalformedFileException.quote(text.strip()), "a plain " + name);
        }
        return matcher.group(1);
    }

    private static Optional<SampleType> type(String code) {
        return switch (code) {
            case "u1", "b1" -> Optional.of(SampleType.UINT8);
            case "i1", "i2" -> Optional.of(SampleType.INT16);
            case "u2" -> Optional.of(SampleType.UINT16);
            case "i4" -> Optional.of(SampleType.INT32);
            case "u4" -> Optional.of(SampleType.UINT32);
            case "i8" -> Optional.of(SampleType.INT64);
            case "u8" -> Optional.of(SampleType.UINT64);
            case "f4" -> Optional.of(SampleType.FLOAT32);
            case "f8" -> Optional.of(SampleType.FLOAT64);
            default -> Optional.empty();
        };
    }

    /** How a type is named in a header, after the mark of the byte order. */
    static String code(SampleType type) {
        return switch (type) {
            case UINT8 -> "u1";
            case INT16 -> "i2";
            case UINT16 -> "u2";
            case INT32 -> "i4";
            case UINT32 -> "u4";
            case INT64 -> "i8";
            case UINT64 -> "u8";
            case FLOAT32 -> "f4";
            case FLOAT64 -> "f8";
        };
    }

    /** Bytes of a number. */
    int bytes() {
        return signedBytes ? 1 : type.bytes();
    }

    private void requireFit() throws IOException {
        long left = Files.size(file) - offset;
        long needed = bytes();
        for (int length : shape) {
            if (length < 1) {
                throw new MalformedFileException(file, "'shape'", shape.toString(), "at least one number");
            }
            if (needed > left / length) {
                throw new MalformedFileException(
                        file, "length", left + " bytes of numbers", "enough for the shape " + shape);
            }
            needed *= length;
        }
    }

    /** Number of numbers. */
    long count() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }

    /** Distance of neighbours along every axis. */
    long[] steps() {
        long[] steps = new long[shape.size()];
        long step = 1;
        for (int k = 0; k < steps.length; k++) {
            int axis = fortran ? k : steps.length - 1 - k;
            steps[axis] = step;
            step *= shape.get(axis);
        }
        return steps;
    }

    /** All numbers, in the order of the file. The caller has made sure that they fit on the heap. */
    double[] numbers() throws IOException {
        double[] numbers = new double[Math.toIntExact(count())];
        byte[] block = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(offset);
            for (int done = 0; done < numbers.length; ) {
                int n = Math.min(numbers.length - done, block.length / bytes());
                if (in.readNBytes(block, 0, n * bytes()) < n * bytes()) {
                    throw new IOException(file + " was changed while it was read");
                }
                if (signedBytes) {
                    for (int i = 0; i < n; i++) {
                        numbers[done + i] = block[i];
                    }
                } else {
                    SampleBuffer.of(ByteBuffer.wrap(block).order(order), type).get(0, n, numbers, done);
                }
                done += n;
            }
        }
        return numbers;
    }
}
