package org.hsi4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/** Writes cubes as NumPy arrays of rows x columns x bands, version 1, the last index running fastest. */
final class NpyWriter {
    /** What follows the header begins at a multiple of it. */
    private static final int ALIGNMENT = 64;

    private NpyWriter() {}

    /** Writes a cube; the interleave of the options is not used. */
    static void write(Cube cube, Path path, WriteOptions options, RunContext context) throws IOException {
        WriteOptions byPixel = options.withInterleave(Interleave.BIP);
        SampleType type = EnviWriter.sampleType(cube, options);
        String mark = type.bytes() == 1 ? "|" : options.byteOrder() == ByteOrder.BIG_ENDIAN ? ">" : "<";
        String text = "{'descr': '" + mark + NpyFile.code(type) + "', 'fortran_order': False, 'shape': (" + cube.rows()
                + ", " + cube.columns() + ", " + cube.bands() + "), }";
        int length = (10 + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer head = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        head.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) (length - 10));
        head.put(text.getBytes(StandardCharsets.US_ASCII));
        while (head.remaining() > 1) {
            head.put((byte) ' ');
        }
        head.put((byte) '\n');
        EnviWriter.writeRaw(cube, byPixel, head.array(), path, context);
    }
}
