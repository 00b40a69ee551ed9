package org.hsi4j.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The first directory of a TIFF file: its fields, every size checked against the length of the file. */
final class TiffDirectory {
    static final int WIDTH = 256;
    static final int HEIGHT = 257;
    static final int BITS = 258;
    static final int COMPRESSION = 259;
    static final int STRIP_OFFSETS = 273;
    static final int SAMPLES = 277;
    static final int ROWS_PER_STRIP = 278;
    static final int STRIP_BYTES = 279;
    static final int PLANAR = 284;
    static final int PREDICTOR = 317;
    static final int TILE_WIDTH = 322;
    static final int TILE_HEIGHT = 323;
    static final int TILE_OFFSETS = 324;
    static final int TILE_BYTES = 325;
    static final int SAMPLE_FORMAT = 339;
    static final int PIXEL_SCALE = 33550;
    static final int TIE_POINTS = 33922;
    static final int TRANSFORMATION = 34264;
    static final int GEO_KEYS = 34735;
    static final int GEO_DOUBLES = 34736;
    static final int GEO_TEXT = 34737;
    static final int GDAL_METADATA = 42112;
    static final int GDAL_NO_DATA = 42113;

    private static final int LONGEST_TEXT = 16 << 20;
    private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};

    private final Path file;
    private final SeekableByteChannel channel;
    private final ByteOrder order;
    private final Map<Integer, Field> fields = new HashMap<>();

    /**
     * One field.
     *
     * @param type how its values are stored
     * @param count number of values
     * @param position where they are
     */
    private record Field(int type, int count, long position) {}

    private TiffDirectory(Path file, SeekableByteChannel channel, ByteOrder order) {
        this.file = file;
        this.channel = channel;
        this.order = order;
    }

    /** Whether a file starts as a TIFF or a BigTIFF does. */
    static boolean isTiff(byte[] head) {
        if (head.length < 8) {
            return false;
        }
        int mark = head[0] == 'I' ? head[2] | head[3] << 8 : head[3] | head[2] << 8;
        return head[0] == head[1] && (head[0] == 'I' || head[0] == 'M') && (mark == 42 || mark == 43);
    }

    /** Reads the directory; the channel stays open. */
    static TiffDirectory read(Path file, SeekableByteChannel channel) throws IOException {
        ByteBuffer head = bytes(channel, 0, 8);
        TiffDirectory directory =
                new TiffDirectory(file, channel, head.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        head.order(directory.order);
        if (head.getShort(2) == 43) {
            throw new MalformedFileException(file, "file type", "a BigTIFF file", "a TIFF file of less than 4 GiB");
        }
        long position = Integer.toUnsignedLong(head.getInt(4));
        try {
            int count = Short.toUnsignedInt(directory.at(position, 2).getShort());
            ByteBuffer entries = directory.at(position + 2, 12 * count);
            for (int i = 0; i < count; i++) {
                directory.add(entries, position + 2 + 12L * i);
            }
        } catch (EOFException e) {
            throw new MalformedFileException(
                    file, "directory", "one at byte " + position + " that ends after the file", "a whole one", e);
        }
        return directory;
    }

    private void add(ByteBuffer entries, long position) throws IOException {
        int tag = Short.toUnsignedInt(entries.getShort());
        int type = Short.toUnsignedInt(entries.getShort());
        long count = Integer.toUnsignedLong(entries.getInt());
        long value = Integer.toUnsignedLong(entries.getInt());
        if (type == 0 || type >= TYPE_BYTES.length) {
            return; // of a kind that is not used here
        }
        long bytes = count * TYPE_BYTES[type];
        long start = bytes <= 4 ? position + 8 : value;
        if (bytes > channel.size() - start || count > Integer.MAX_VALUE / 8) {
            throw new MalformedFileException(
                    file, "field " + tag, count + " values at byte " + start, "values inside the file");
        }
        fields.put(tag, new Field(type, (int) count, start));
    }

    /** Length of the file. */
    long size() throws IOException {
        return channel.size();
    }

    ByteOrder order() {
        return order;
    }

    boolean has(int tag) {
        return fields.containsKey(tag);
    }

    /** The numbers of a field; none when it is missing. */
    double[] numbers(int tag) throws IOException {
        Field field = fields.get(tag);
        if (field == null) {
            return new double[0];
        }
        Heap.require(file, 16L * field.count());
        ByteBuffer values = at(field.position(), field.count() * TYPE_BYTES[field.type()]);
        double[] numbers = new double[field.count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = switch (field.type()) {
                case 1 -> values.get() & 0xff;
                case 3 -> values.getShort() & 0xffff;
                case 4 -> values.getInt() & 0xffffffffL;
                case 8 -> values.getShort();
                case 9 -> values.getInt();
                case 11 -> values.getFloat();
                case 12 -> values.getDouble();
                default ->
                    throw new MalformedFileException(
                            file, "field " + tag, "values of the type " + field.type(), "plain numbers");
            };
        }
        return numbers;
    }

    /** The only number of a field, which is a whole one. */
    int number(int tag, int otherwise) throws IOException {
        if (!has(tag)) {
            return otherwise;
        }
        double[] numbers = numbers(tag);
        if (numbers.length < 1 || numbers[0] < 0 || numbers[0] > Integer.MAX_VALUE || numbers[0] != (int) numbers[0]) {
            throw new MalformedFileException(
                    file, "field " + tag, numbers.length == 0 ? "nothing" : numbers[0] + "", "a number up to 2^31-1");
        }
        return (int) numbers[0];
    }

    /** The text of a field; empty when it is missing. */
    String text(int tag) throws IOException {
        Field field = fields.get(tag);
        if (field == null || TYPE_BYTES[field.type()] != 1) {
            return "";
        }
        if (field.count() > LONGEST_TEXT) {
            throw new MalformedFileException(
                    file, "field " + tag, field.count() + " bytes", "at most " + LONGEST_TEXT + " of text");
        }
        String text = new String(at(field.position(), field.count()).array(), StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Some bytes of the file. */
    ByteBuffer at(long position, int count) throws IOException {
        return bytes(channel, position, count).order(order);
    }

    private static ByteBuffer bytes(SeekableByteChannel channel, long position, int count) throws IOException {
        if (position > channel.size() - count) {
            throw new EOFException();
        }
        ByteBuffer buffer = ByteBuffer.allocate(count);
        channel.position(position);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException();
            }
        }
        return buffer.flip();
    }
}
