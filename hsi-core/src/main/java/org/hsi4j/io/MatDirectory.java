package org.hsi4j.io;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * The table of contents of a MAT-file version 5.
 *
 * <p>Every size it states is checked against the length of the file before memory is taken.
 */
final class MatDirectory implements ArrayFile {
    private static final int HEADER = 128;
    private static final int TAG = 8;
    private static final int INT8 = 1;
    private static final int INT32 = 5;
    private static final int UINT32 = 6;
    private static final int MATRIX = 14;
    private static final int COMPRESSED = 15;
    private static final int OPAQUE_CLASS = 17;
    private static final int FIRST_NUMERIC_CLASS = 6;
    private static final int LAST_NUMERIC_CLASS = 15;
    private static final int LONGEST_NAME = 4096;
    private static final int MOST_DIMENSIONS = 64;
    private static final int MOST_VARIABLES = 1 << 16;
    /** Deflate cannot make more than 1032 bytes out of one. */
    private static final long LARGEST_INFLATION = 1032;
    /** The largest array of bytes a JVM is sure to give. */
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private static final int MOST_PADDING = 16;

    private static final String[] CLASSES = {
        "",
        "cell",
        "struct",
        "object",
        "char",
        "sparse",
        "double",
        "single",
        "int8",
        "uint8",
        "int16",
        "uint16",
        "int32",
        "uint32",
        "int64",
        "uint64",
        "function handle",
        "opaque object"
    };

    private final Path file;
    private final byte[] header = new byte[HEADER];
    private final List<ArrayEntry> entries = new ArrayList<>();
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    private MatDirectory(Path file) {
        this.file = file;
    }

    /** Reads the table of contents. */
    static MatDirectory read(Path file) throws IOException {
        MatDirectory directory = new MatDirectory(file);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            directory.readHeader(channel);
            directory.readElements(channel);
        } catch (EOFException | ZipException e) {
            throw directory.damaged("file", e);
        }
        return directory;
    }

    private MalformedFileException damaged(String where, IOException cause) {
        return new MalformedFileException(
                file, where, "data that ends early or is not compressed as it says", "a whole MAT-file", cause);
    }

    @Override
    public List<ArrayEntry> entries() {
        return entries;
    }

    @Override
    public Optional<String> note() {
        return Optional.empty();
    }

    @Override
    public MatNumbers numbers(ArrayEntry entry) throws IOException {
        String where = "variable " + MalformedFileException.quote(entry.name());
        if (entry.dataBytes() > LARGEST_ARRAY) {
            throw malformed(where, entry.dataBytes() + " bytes of numbers", "at most " + LARGEST_ARRAY);
        }
        byte[] bytes = new byte[(int) entry.dataBytes()];
        try (SeekableByteChannel channel = Files.newByteChannel(file);
                Element element = element(channel, entry.position())) {
            if (!entry(element).equals(entry)) {
                throw new IOException(file + " was changed while it was read");
            }
            int read = element.in().readNBytes(bytes, 0, bytes.length);
            if (read < bytes.length) {
                throw malformed(where, read + " bytes of numbers", bytes.length + " bytes");
            }
            element.in().readNBytes(MOST_PADDING); // up to the end, where the inflater compares the checksum
        } catch (EOFException | ZipException e) {
            throw damaged(where, e);
        }
        return new MatNumbers(ByteBuffer.wrap(bytes).order(order), entry.storage());
    }

    private void readHeader(SeekableByteChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(header);
        int read = new Part(channel, 0, HEADER).readNBytes(header, 0, HEADER);
        if (read < HEADER) {
            throw malformed("header", "a file of " + read + " bytes", "at least " + HEADER + " bytes");
        }
        String endian = new String(header, 126, 2, StandardCharsets.ISO_8859_1);
        switch (endian) {
            case "IM" -> order = ByteOrder.LITTLE_ENDIAN;
            case "MI" -> order = ByteOrder.BIG_ENDIAN;
            default ->
                throw malformed(
                        "header",
                        "the byte order mark " + MalformedFileException.quote(endian),
                        "'IM' or 'MI' as in a MAT-file version 5");
        }
        int version = buffer.order(order).getShort(124);
        if (version == 0x0200) {
            throw malformed(
                    "header", "the version number of an HDF5 file (7.3), but no HDF5 contents", "version 5 to 7");
        }
        if (version != 0x0100) {
            throw malformed("header", "the version number " + version, "256");
        }
    }

    private void readElements(SeekableByteChannel channel) throws IOException {
        long subsystem = ByteBuffer.wrap(header).order(order).getLong(116);
        long position = HEADER;
        while (position < channel.size()) {
            try (Element element = element(channel, position)) {
                if (element.size() > 0 && position != subsystem) {
                    if (entries.size() == MOST_VARIABLES) {
                        throw malformed("file", "more than " + MOST_VARIABLES + " variables", "fewer");
                    }
                    entries.add(entry(element));
                }
                position += element.length();
            }
        }
    }

    /**
     * One array of the file.
     *
     * @param position where it starts in the file
     * @param length its length in the file with its tag
     * @param size length of its contents, once inflated
     * @param in its contents
     */
    private record Element(long position, long length, long size, InputStream in) implements Closeable {
        String where() {
            return "element at byte " + position;
        }

        @Override
        public void close() throws IOException {
            in.close(); // lets go of the inflater and leaves the channel open
        }
    }

    private Element element(SeekableByteChannel channel, long position) throws IOException {
        String where = "element at byte " + position;
        long left = channel.size() - position - TAG;
        if (left < 0) {
            throw malformed(where, (left + TAG) + " bytes before the end", "an element tag of 8 bytes");
        }
        InputStream tag = new Part(channel, position, TAG);
        int type = readInt(tag);
        long length = Integer.toUnsignedLong(readInt(tag));
        if (type != MATRIX && type != COMPRESSED) {
            throw malformed(where, "the element type " + type, "14 (matrix) or 15 (compressed)");
        }
        if (length > left) {
            throw malformed(where, "a length of " + length + " bytes", "at most the " + left + " that follow");
        }
        int buffer = (int) Math.min(length + 1, 1 << 13); // a file may have many small arrays
        InputStream part = new BufferedInputStream(new Part(channel, position + TAG, length), buffer);
        if (type == MATRIX || length == 0) {
            return new Element(position, length + TAG, length, part);
        }
        InputStream inflated = new InflaterInputStream(part);
        try {
            int inner = readInt(inflated);
            long size = Integer.toUnsignedLong(readInt(inflated));
            if (inner != MATRIX) {
                throw malformed(where, "compressed data of the type " + inner, "14 (matrix)");
            }
            if (size > length * LARGEST_INFLATION) {
                throw malformed(
                        where, size + " bytes out of " + length + " compressed ones", "less than 1032 for each");
            }
            return new Element(position, length + TAG, size, inflated);
        } catch (IOException e) {
            inflated.close();
            throw e;
        }
    }

    /** Reads what an element says about itself, up to its numbers. */
    private ArrayEntry entry(Element element) throws IOException {
        InputStream in = element.in();
        String where = element.where();
        ByteBuffer flags = readSmall(in, where, "array flags", UINT32, 8);
        if (flags.remaining() != 8) {
            throw malformed(where, "array flags of " + flags.remaining() + " bytes", "8 bytes");
        }
        int word = flags.getInt();
        int classId = word & 0xff;
        if (classId < 1 || classId >= CLASSES.length) {
            throw malformed(where, "the array class " + classId, "1 to " + (CLASSES.length - 1));
        }
        List<Integer> dimensions = classId == OPAQUE_CLASS ? List.of() : readDimensions(in, where);
        String name = text(readSmall(in, where, "name", INT8, LONGEST_NAME));
        MatStorage storage = MatStorage.NONE;
        long bytes = 0;
        if (classId >= FIRST_NUMERIC_CLASS && classId <= LAST_NUMERIC_CLASS) {
            Tag tag = readTag(in);
            storage = MatStorage.of(tag.type());
            bytes = tag.length();
            requireFit("variable " + MalformedFileException.quote(name), dimensions, tag, element.size());
        }
        boolean isComplex = (word & 0x0800) != 0;
        boolean isLogical = (word & 0x0200) != 0;
        return new ArrayEntry(
                name, dimensions, CLASSES[classId], isComplex, isLogical, storage, bytes, element.position());
    }

    private void requireFit(String variable, List<Integer> dimensions, Tag tag, long size) throws IOException {
        MatStorage storage = MatStorage.of(tag.type());
        if (storage == MatStorage.NONE) {
            throw malformed(variable, "numbers of the storage type " + tag.type(), "1 to 7, 9, 12 or 13");
        }
        long expected = product(dimensions, storage.bytes());
        if (tag.length() != expected) {
            throw malformed(
                    variable,
                    tag.length() + " bytes of numbers",
                    (expected < 0 ? "fewer than 2^63" : String.valueOf(expected)) + " for the dimensions "
                            + dimensions);
        }
        if (tag.length() > size) {
            throw malformed(variable, tag.length() + " bytes of numbers", "at most the " + size + " of its element");
        }
    }

    private List<Integer> readDimensions(InputStream in, String where) throws IOException {
        ByteBuffer buffer = readSmall(in, where, "dimensions", INT32, 4 * MOST_DIMENSIONS);
        List<Integer> dimensions = new ArrayList<>();
        while (buffer.remaining() >= 4) {
            int size = buffer.getInt();
            if (size < 0) {
                throw malformed(where, "the dimension " + size, "zero or more");
            }
            dimensions.add(size);
        }
        if (dimensions.size() < 2) {
            throw malformed(where, dimensions.size() + " dimensions", "two or more");
        }
        return List.copyOf(dimensions);
    }

    /** The product, or -1 when it is beyond 2^63. */
    private static long product(List<Integer> dimensions, int bytes) {
        if (dimensions.contains(0)) {
            return 0;
        }
        long product = bytes;
        for (int size : dimensions) {
            if (product > Long.MAX_VALUE / size) {
                return -1;
            }
            product *= size;
        }
        return product;
    }

    private record Tag(int type, long length, int inline) {}

    /** A tag; one with up to four bytes of data in it has them in {@code inline} and at the stream's present place. */
    private Tag readTag(InputStream in) throws IOException {
        int first = readInt(in);
        int small = first >>> 16;
        return small == 0
                ? new Tag(first, Integer.toUnsignedLong(readInt(in)), 0)
                : new Tag(first & 0xffff, small, small);
    }

    private ByteBuffer readSmall(InputStream in, String where, String what, int type, int most) throws IOException {
        Tag tag = readTag(in);
        if (tag.type() != type) {
            throw malformed(where, what + " of the type " + tag.type(), "type " + type);
        }
        if (tag.length() > (tag.inline() > 0 ? 4 : most)) {
            throw malformed(where, what + " of " + tag.length() + " bytes", "at most " + most);
        }
        int length = (int) tag.length();
        int padded = tag.inline() > 0 ? 4 : (length + 7) / 8 * 8;
        byte[] bytes = in.readNBytes(padded);
        if (bytes.length < padded) {
            throw malformed(where, what + " that end early", padded + " bytes");
        }
        return ByteBuffer.wrap(bytes, 0, length).order(order);
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    }

    private int readInt(InputStream in) throws IOException {
        byte[] four = in.readNBytes(4);
        if (four.length < 4) {
            throw new EOFException();
        }
        return ByteBuffer.wrap(four).order(order).getInt();
    }

    private MalformedFileException malformed(String where, String found, String expected) {
        return new MalformedFileException(file, where, found, expected);
    }

    /** A part of a file as a stream. Closing it leaves the channel open. */
    private static final class Part extends InputStream {
        private final SeekableByteChannel channel;
        private final InputStream bytes;
        private long left;

        Part(SeekableByteChannel channel, long position, long length) throws IOException {
            this.channel = channel.position(position);
            this.bytes = Channels.newInputStream(this.channel);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            left--;
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            if (left == 0) {
                return count == 0 ? 0 : -1;
            }
            int read = bytes.read(target, offset, (int) Math.min(left, count));
            left -= Math.max(read, 0);
            return read;
        }
    }
}
