package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Malformed and hostile files: each ends with the documented exception and a message that names the file, the place, what was
 * found and what was expected, within five seconds and a bounded amount of memory.
 */
class HostileFilesTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    /** All that is allocated on the way, garbage and the making of the file included. A header may have 16 MiB. */
    private static final long MOST_BYTES = 512L << 20;

    @TempDir
    Path folder;

    /** Makes a file in a folder and tries to read it. */
    @FunctionalInterface
    private interface Attack {
        void run(Path folder) throws IOException;
    }

    private record Case(String name, Attack attack, Class<? extends Exception> type, List<String> message) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final class Table {
        final List<Case> cases = new ArrayList<>();

        void add(String name, Attack attack, Class<? extends Exception> type, String... message) {
            cases.add(new Case(name, attack, type, List.of(message)));
        }

        void malformed(String name, Attack attack, String... message) {
            add(name, attack, MalformedFileException.class, message);
        }

        /** A small image with something wrong in its header. */
        void header(String name, UnaryOperator<EnviFixture> change, String... message) {
            malformed(name, dir -> Cubes.read(change.apply(EnviFixture.small()).write(dir)), message);
        }

        /** A small library with something wrong in its header. */
        void library(String name, UnaryOperator<EnviFixture> change, String... message) {
            malformed(
                    "library: " + name,
                    dir -> SpectralLibraries.read(change.apply(smallLibrary()).write(dir)),
                    message);
        }

        /** A text instead of a header, beside a binary. */
        void text(String name, String text, String... message) {
            malformed(
                    name,
                    dir -> {
                        Path header = EnviFixture.small().write(dir);
                        Files.write(header, text.getBytes(StandardCharsets.ISO_8859_1));
                        Cubes.read(header);
                    },
                    message);
        }

        void mat(String name, MatFixture fixture, String... message) {
            malformed(name, dir -> Cubes.read(fixture.write(dir)), message);
        }

        void matBytes(String name, byte[] bytes, String... message) {
            malformed(name, dir -> Cubes.read(Files.write(dir.resolve("scene.mat"), bytes)), message);
        }

        void option(String name, MatFixture fixture, ReadOptions options, String... message) {
            add(name, dir -> Cubes.read(fixture.write(dir), options), IllegalArgumentException.class, message);
        }
    }

    private static EnviFixture smallLibrary() {
        double[][] plane = {{1, 2, 3, 4, 5, 6}};
        return EnviFixture.of(2, 3, plane, SampleType.FLOAT32, Interleave.BSQ, ByteOrder.LITTLE_ENDIAN, 0)
                .with("file type", "ENVI Spectral Library");
    }

    private static MatFixture cube(MatFixture fixture) {
        return fixture.add("cube", new int[] {2, 2, 2}, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    private static String list(int count, String item) {
        return "{" + String.join(", ", java.util.Collections.nCopies(count, item)) + "}";
    }

    static Stream<Case> cases() {
        Table t = new Table();
        paths(t);
        sizes(t);
        fields(t);
        headers(t);
        libraries(t);
        matFiles(t);
        matOptions(t);
        return t.cases.stream();
    }

    private static void paths(Table t) {
        t.add(
                "no such file",
                d -> Cubes.read(d.resolve("no.img")),
                NoSuchFileException.class,
                "no.img",
                "no such file");
        t.add("no such MAT-file", d -> MatFile.open(d.resolve("no.mat")), NoSuchFileException.class, "no.mat");
        t.add("no such library", d -> SpectralLibraries.read(d.resolve("no.sli")), NoSuchFileException.class, "no.sli");
        t.add("a directory", Cubes::read, FileSystemException.class, "is a directory");
        t.add(
                "a directory as header",
                d -> Cubes.read(Files.createDirectory(d.resolve("scene.hdr"))),
                FileSystemException.class,
                "scene.hdr",
                "is a directory");
        t.malformed(
                "a directory beside the binary",
                d -> {
                    Files.createDirectory(d.resolve("scene.hdr"));
                    Cubes.read(Files.write(d.resolve("scene.img"), new byte[48]));
                },
                "scene.img",
                "file type",
                "ENVI image with its header");
        t.malformed(
                "binary without header",
                d -> {
                    Files.delete(EnviFixture.small().write(d));
                    Cubes.read(d.resolve("scene.img"));
                },
                "scene.img",
                "file type",
                "header");
        t.add(
                "header without binary",
                d -> {
                    Path header = EnviFixture.small().write(d);
                    Files.delete(d.resolve("scene.img"));
                    Cubes.read(header);
                },
                NoSuchFileException.class,
                "scene",
                "the header scene.hdr has no binary beside it");
        t.add(
                "two binaries that may be meant",
                d -> {
                    Path header = EnviFixture.small().write(d);
                    Files.move(d.resolve("scene.img"), d.resolve("scene.one"));
                    Files.copy(d.resolve("scene.one"), d.resolve("scene.two"));
                    Cubes.read(header);
                },
                NoSuchFileException.class,
                "any of [scene.one, scene.two] may be the binary");
        t.malformed(
                "empty file",
                d -> Cubes.read(Files.createFile(d.resolve("scene.hdr"))),
                "scene.hdr",
                "found an empty file");
        t.malformed("empty MAT-file", d -> Cubes.read(Files.createFile(d.resolve("a.mat"))), "a file of 0 bytes");
        t.malformed(
                "a text",
                d -> Cubes.read(Files.writeString(d.resolve("notes.txt"), "buy milk\n\u0007")),
                "found a file that starts with 'buy milk??', expected one of");
        for (String[] magic :
                new String[][] {{"gzip", "\u001f\u008b\b"}, {"zip", "PK\3\4"}, {"bzip2", "BZh9"}, {"xz", "\u00fd7zXZ"}
                }) {
            t.malformed(
                    magic[0] + " compressed",
                    d -> Cubes.read(Files.write(
                            d.resolve("scene.img.z"), (magic[1] + "....").getBytes(StandardCharsets.ISO_8859_1))),
                    magic[0] + " compressed file, expected one of");
        }
        t.malformed(
                "TIFF",
                d -> Cubes.read(Files.write(d.resolve("scene.tif"), new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0})),
                "directory: found one at byte 8 that ends after the file");
        t.malformed(
                "compressed binary of an image",
                d -> {
                    Path header = EnviFixture.small().write(d);
                    Files.write(d.resolve("scene.img"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
                    Cubes.read(header);
                },
                "scene.img",
                "length",
                "found 5 bytes of a compressed file, expected at least 48");
        t.malformed(
                "library in a text",
                d -> SpectralLibraries.read(Files.writeString(d.resolve("notes.txt"), "grass 1 2 3")),
                "notes.txt",
                "line 1: found 'grass' in cell 1, expected a finite number");
    }

    private static void sizes(Table t) {
        String most = "2147483647";
        for (String key : List.of("samples", "lines", "bands")) {
            for (String value :
                    List.of("0", "-1", "many", "1.5", "2147483648", "99999999999999999999999", "0x10", "")) {
                t.header(
                        key + " = " + value,
                        f -> f.with(key, value),
                        "scene.hdr",
                        "'" + key + "'",
                        value.isEmpty() ? "found nothing" : "found '" + value + "'",
                        "a whole number");
            }
            t.header(key + " missing", f -> f.without(key), "field '" + key + "': found nothing");
        }
        t.header("absurd samples", f -> f.with("samples", most), "'samples' and 'lines'", "at most 2147483647");
        t.header("absurd bands", f -> f.with("bands", most), "scene.img: length: found 48 bytes, expected at least");
        t.header(
                "product beyond 2^63",
                f -> f.with("samples", "46340")
                        .with("lines", "46340")
                        .with("bands", most)
                        .with("data type", "5"),
                "expected more than 2^63");
        t.header(
                "product that would wrap to 48",
                f -> f.with("samples", "65536").with("lines", "32767").with("bands", "2147483647"),
                "scene.img: length: found 48 bytes");
        t.header(
                "one sample too few",
                f -> {
                    f.binary = Arrays.copyOf(f.binary, 47);
                    return f;
                },
                "found 47 bytes, expected at least 48 after a header offset of 0 (2 rows x 3 columns x 4 bands, int16");
        t.header(
                "empty binary",
                f -> {
                    f.binary = new byte[0];
                    return f;
                },
                "found 0 bytes");
        t.header("offset beyond the file", f -> f.with("header offset", "49"), "after a header offset of 49");
        t.header("offset of 2^63-1", f -> f.with("header offset", "9223372036854775807"), "expected more than 2^63");
        t.header("negative offset", f -> f.with("header offset", "-8"), "'header offset'", "found '-8'");
        t.header("offset that is no number", f -> f.with("header offset", "x"), "'header offset'");
        t.add(
                "more bands than the heap has room for",
                d -> {
                    Path header = EnviFixture.small()
                            .with("samples", "1")
                            .with("lines", "1")
                            .with("bands", most)
                            .with("data type", "1")
                            .write(d);
                    try (RandomAccessFile sparse =
                            new RandomAccessFile(d.resolve("scene.img").toFile(), "rw")) {
                        sparse.setLength(Integer.MAX_VALUE);
                    }
                    Cubes.read(header);
                },
                IOException.class,
                "scene.img: reading it takes",
                "MiB are free");
    }

    private static void fields(Table t) {
        t.header("data type missing", f -> f.without("data type"), "field 'data type': found nothing");
        t.header("complex", f -> f.with("data type", "6"), "'data type'", "found 6 (complex numbers)");
        t.header("double complex", f -> f.with("data type", "9"), "found 9 (complex numbers)", "1, 2, 3, 4, 5");
        t.header("unknown data type", f -> f.with("data type", "7"), "line 7, 'data type': found 7");
        t.header("data type in words", f -> f.with("data type", "int"), "'data type': found 'int'");
        t.header("unknown interleave", f -> f.with("interleave", "bsx"), "found 'bsx', expected bsq, bil or bip");
        t.header("unknown byte order", f -> f.with("byte order", "2"), "'byte order': found '2'");
        t.header("byte order in words", f -> f.with("byte order", "little"), "'byte order': found 'little'");
        t.header("compressed", f -> f.with("file compression", "1"), "'file compression': found a compressed file");
        t.header(
                "frames",
                f -> f.with("major frame offsets", "{0, 16}"),
                "'major frame offsets': found frame offset 16");
        t.header("virtual mosaic", f -> f.with("file type", "ENVI Virtual Mosaic"), "found 'ENVI Virtual Mosaic'");
        t.header("TIFF with header", f -> f.with("file type", "TIFF"), "'file type': found 'TIFF'");
        t.header("library as image", f -> f.with("file type", "ENVI Spectral Library"), "found a spectral library");
        for (String key : List.of(
                "wavelength",
                "fwhm",
                "bbl",
                "data gain values",
                "data offset values",
                "data reflectance gain values")) {
            t.header(
                    key + " of three",
                    f -> f.with(key, list(3, "1")),
                    "'" + key + "': found 3 values, expected 4, one a");
            t.header(key + " of five", f -> f.with(key, list(5, "1")), "'" + key + "': found 5 values, expected 4");
            t.header(
                    key + " in words",
                    f -> f.with(key, list(4, "red")),
                    "'" + key + "': found 'red', expected a number");
        }
        t.header("band names too few", f -> f.with("band names", "{a, b}"), "'band names': found 2 names, expected 4");
        t.header("gain of zero", f -> f.with("data gain values", list(4, "0")), "found the gain 0.0");
        t.header("gain of NaN", f -> f.with("data gain values", list(4, "nan")), "found the gain NaN");
        t.header("infinite offset", f -> f.with("data offset values", list(4, "inf")), "found the offset Infinity");
        t.header(
                "reflectance factor 0", f -> f.with("reflectance scale factor", "0"), "found 0.0, expected a positive");
        t.header("reflectance factor -inf", f -> f.with("reflectance scale factor", "-inf"), "found -Infinity");
        t.header("no-data in words", f -> f.with("data ignore value", "none"), "'data ignore value': found 'none'");
        t.header(
                "a number of a million digits",
                f -> f.with("data ignore value", "1".repeat(1_000_000)),
                "'data ignore value': found '1111",
                "...'");
        for (String key : List.of("samples", "bands", "data type", "interleave", "wavelength", "data ignore value")) {
            t.header(
                    "another " + key + " again",
                    f -> f.with(key, key.equals("wavelength") ? list(4, "500") : f.fields.getOrDefault(key, "1"))
                            .with(key.toUpperCase(java.util.Locale.ROOT) + " ", "7"),
                    "'" + key + "': found another value again in line",
                    "expected one value");
        }
    }

    private static void headers(Table t) {
        t.text("other first line", "ENVISION\nsamples = 3\n", "scene.hdr: file type: found a file that starts with");
        t.text("only the first line", "ENVI", "field 'samples': found nothing");
        t.text(
                "unterminated brace",
                "ENVI\nwavelength = {1, 2,\n3\nbands = 4\n",
                "line 2, 'wavelength'",
                "closing brace");
        t.text("nested unterminated braces", "ENVI\nx = " + "{".repeat(100_000), "line 2, 'x': found an opening brace");
        t.text("no equals sign", "ENVI\nsamples 3\nlines 2\nbands 4\n", "field 'samples': found nothing");
        t.malformed(
                "garbage as header",
                d -> {
                    EnviFixture.small().write(d);
                    byte[] garbage = new byte[5000];
                    new Random(1).nextBytes(garbage);
                    Cubes.read(Files.write(d.resolve("scene.hdr"), garbage));
                },
                "scene.hdr: file type: found a file that starts with");
        t.malformed(
                "garbage after the first line",
                d -> {
                    EnviFixture.small().write(d);
                    byte[] garbage = new byte[200_000];
                    new Random(1).nextBytes(garbage);
                    Cubes.read(Files.write(
                            d.resolve("scene.hdr"), MatFixture.concat(new byte[] {'E', 'N', 'V', 'I', '\n'}, garbage)));
                },
                "scene.hdr");
        t.malformed(
                "header of 17 MiB",
                d -> {
                    EnviFixture.small().write(d);
                    byte[] large = new byte[17 << 20];
                    Arrays.fill(large, (byte) ' ');
                    System.arraycopy("ENVI\n".getBytes(StandardCharsets.US_ASCII), 0, large, 0, 5);
                    Cubes.read(Files.write(d.resolve("scene.hdr"), large));
                },
                "scene.hdr: header: found a header of more than 16 MiB");
        t.text("two hundred thousand lines", "ENVI\n" + "k = {}}\n".repeat(200_000), "field 'samples': found nothing");
        t.text(
                "a hundred thousand fields",
                "ENVI\n"
                        + IntStream.range(0, 100_000)
                                .mapToObj(i -> "k" + i + "=\n")
                                .collect(Collectors.joining()),
                "line 10002: found more than 10000 fields");
        t.text(
                "half a million unbalanced braces",
                "ENVI\n" + "k = {{}\n".repeat(500_000),
                "field 'samples': found nothing");
        t.text("a NUL in a number", "ENVI\nsamples = 3\0\nlines = 2\nbands = 4\n", "found '3?'");
    }

    private static void libraries(Table t) {
        t.library("names too few", f -> f.with("spectra names", "{a}"), "'spectra names': found 1 names, expected 2");
        t.library(
                "wavelengths of two", f -> f.with("wavelength", "{1, 2}"), "found 2 values, expected 3, one a channel");
        t.library("three bands", f -> f.with("lines", "1").with("samples", "1").with("bands", "7"), "length");
        t.library("an image", f -> EnviFixture.small(), "expected an ENVI Spectral Library of one band");
        t.library(
                "truncated",
                f -> {
                    f.binary = Arrays.copyOf(f.binary, 23);
                    return f;
                },
                "scene.img: length: found 23 bytes, expected at least 24");
        t.library("factor in words", f -> f.with("reflectance scale factor", "x"), "found 'x', expected a number");
        t.library("factor of zero", f -> f.with("reflectance scale factor", "0"), "expected a positive number");
        t.library("complex", f -> f.with("data type", "6"), "found 6 (complex numbers)");
        t.library("zero channels", f -> f.with("samples", "0"), "'samples': found '0'");
    }

    private static void matFiles(Table t) {
        t.matBytes("127 bytes", Arrays.copyOf(MatFixture.plain().bytes(), 127), "header: found a file of 127 bytes");
        t.mat("garbage after the header", MatFixture.plain().addBytes(new byte[3]), "found 3 bytes before the end");
        byte[] endian = MatFixture.plain().bytes();
        endian[126] = 'X';
        t.matBytes("byte order mark", endian, "found the byte order mark 'XM', expected 'IM' or 'MI'");
        byte[] version = MatFixture.plain().bytes();
        version[125] = 9;
        t.matBytes("version 9", version, "header: found the version number 2304");
        byte[] version73 = MatFixture.plain().bytes();
        version73[125] = 2;
        t.matBytes("version 7.3 by its number", version73, "found the version number of an HDF5 file (7.3)");
        byte[] hdf = new byte[1024];
        System.arraycopy(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'}, 0, hdf, 512, 8);
        t.matBytes("version 7.3", hdf, "found contents that cannot be read", "expected a whole HDF5 file");
        t.matBytes("version 4", new byte[200], "found the byte order mark '??'");
        MatFixture f = MatFixture.plain();
        t.mat(
                "element type",
                MatFixture.plain().addBytes(f.tag(9, 0)),
                "found the element type 9, expected 14 (matrix)");
        t.mat(
                "element too long",
                MatFixture.plain().addBytes(f.tag(14, 8)),
                "found a length of 8 bytes, expected at most the 0");
        t.mat("element of 4 GiB", MatFixture.plain().addBytes(f.tag(14, -1)), "found a length of 4294967295 bytes");
        t.mat(
                "flags missing",
                MatFixture.plain().addElement(14, f.element(9, new byte[8])),
                "array flags of the type 9");
        t.mat(
                "flags of 4 bytes",
                MatFixture.plain().addElement(14, f.element(6, new byte[4])),
                "array flags of 4 bytes");
        t.mat(
                "flags of 1 GiB",
                MatFixture.plain().addElement(14, f.tag(6, 1 << 30)),
                "array flags of 1073741824 bytes");
        t.mat("class 0", MatFixture.plain().addElement(14, f.element(6, new byte[8])), "found the array class 0");
        t.mat(
                "class 99",
                MatFixture.plain().addMatrix(f.head("x", 99, 0, 1, 1), new byte[0]),
                "found the array class 99");
        t.mat("one dimension", MatFixture.plain().addMatrix(f.head("x", 6, 0, 3), new byte[8]), "found 1 dimensions");
        t.mat(
                "negative dimension",
                MatFixture.plain().addMatrix(f.head("x", 6, 0, 2, -3), new byte[8]),
                "dimension -3");
        t.mat(
                "a thousand dimensions",
                MatFixture.plain().addMatrix(f.head("x", 6, 0, new int[1000]), new byte[8]),
                "dimensions of 4000 bytes");
        t.mat(
                "product of dimensions beyond 2^63",
                MatFixture.plain().addMatrix(f.head("x", 6, 0, 1 << 30, 1 << 30, 1 << 30), f.element(9, new byte[8])),
                "variable 'x': found 8 bytes of numbers, expected fewer than 2^63 for the dimensions");
        t.mat(
                "more dimensions than numbers",
                MatFixture.plain().addMatrix(f.head("x", 6, 0, 100, 100, 100), f.element(9, new byte[8])),
                "variable 'x': found 8 bytes of numbers, expected 8000000 for the dimensions [100, 100, 100]");
        t.mat(
                "numbers that are not there",
                MatFixture.plain().addMatrix(f.head("x", 6, 0, 100, 100, 100), f.tag(9, 8_000_000)),
                "variable 'x': found 8000000 bytes of numbers, expected at most the");
        t.mat(
                "numbers of no type",
                MatFixture.plain().addMatrix(f.head("x", 6, 0, 1, 1), f.element(77, new byte[8])),
                "variable 'x': found numbers of the storage type 77");
        t.mat("numbers missing", MatFixture.plain().addMatrix(f.head("x", 6, 0, 1, 1), new byte[0]), "ends early");
        byte[] bomb = MatFixture.deflate(MatFixture.concat(
                f.tag(14, 2_000_000_000),
                MatFixture.concat(f.head("x", 6, 0, 1000, 1000, 250), f.tag(9, 2_000_000_000))));
        t.mat(
                "deflated 2 GB in a few bytes",
                MatFixture.plain().addBytes(MatFixture.concat(f.tag(15, bomb.length), bomb)),
                "found 2000000000 bytes out of");
        t.mat(
                "not deflated",
                MatFixture.plain().addBytes(MatFixture.concat(f.tag(15, 16), new byte[16])),
                "not compressed as it says");
        byte[] wrong = MatFixture.deflate(f.element(9, new byte[64]));
        t.mat(
                "compressed data of another type",
                MatFixture.plain().addBytes(MatFixture.concat(f.tag(15, wrong.length), wrong)),
                "found compressed data of the type 9");
        byte[] cut = cube(MatFixture.compressed()).bytes();
        byte[] shorter = Arrays.copyOf(cut, cut.length - 8);
        ByteBuffer.wrap(shorter).order(ByteOrder.LITTLE_ENDIAN).putInt(132, shorter.length - 136);
        t.matBytes("deflated data that ends early", shorter, "scene.mat: variable 'cube': found data that ends early");
        t.mat("no variable", MatFixture.plain().addElement(14, new byte[0]), "expected an array that could be a scene");
        t.mat(
                "no number",
                MatFixture.plain().addMatrix(f.head("names", MatFixture.CHAR, 0, 1, 4), new byte[16]),
                "found names (1 x 4 char)");
        t.mat(
                "complex",
                MatFixture.plain().add("cube", 6, MatFixture.COMPLEX, new int[] {1, 1, 2}, MatStorage.DOUBLE, 1, 2),
                "variable 'cube': found a value of the type complex double");
        t.malformed(
                "sparse",
                d -> MatFile.open(MatFixture.plain()
                                .addMatrix(f.head("s", MatFixture.SPARSE, 0, 2, 2), new byte[16])
                                .write(d))
                        .matrix("s"),
                "variable 's': found a value of the type sparse, expected a full array of real numbers");
        t.malformed(
                "cells",
                d -> Cubes.read(
                        MatFixture.plain()
                                .addMatrix(f.head("c", MatFixture.CELL, 0, 1, 1), new byte[0])
                                .write(d),
                        ReadOptions.defaults().withVariable("c")),
                "variable 'c': found a value of the type cell");
        MatFixture many = MatFixture.plain();
        byte[] empty = f.head("x", MatFixture.CELL, 0, 0, 0);
        for (int i = 0; i <= 65536; i++) {
            many.addMatrix(empty, new byte[0]);
        }
        t.mat("65537 variables", many, "found more than 65536 variables");
    }

    private static void matOptions(Table t) {
        int[] matrix = {2, 6};
        double[] twelve = IntStream.range(0, 12).mapToDouble(i -> i).toArray();
        MatFixture y = MatFixture.plain().add("Y", matrix, twelve);
        ReadOptions plain = ReadOptions.defaults();
        t.option(
                "missing variable",
                y,
                plain.withVariable("V"),
                "scene.mat",
                "no variable 'V'; it has Y (2 x 6 double)");
        t.option("no shape", y, plain, "Y (2 x 6 double) is a matrix", "give rows and columns", "for its 6 pixels");
        t.option(
                "no shape of a square",
                MatFixture.plain().add("Y", new int[] {2, 4}, 1, 2, 3, 4, 5, 6, 7, 8),
                plain,
                "--shape rows,columns, for example 2,2");
        t.option(
                "wrong shape",
                y,
                plain.withShape(2, 4),
                "an image of 2x4 has 8 pixels but variable Y (2 x 6 double) has 6");
        t.option("shape that would wrap", y, plain.withShape(65536, 65537), "has 4295032832 pixels");
        t.option(
                "shape in the file does not fit",
                MatFixture.plain()
                        .add("Y", matrix, twelve)
                        .add("nRow", new int[] {1, 1}, 2)
                        .add("nCol", new int[] {1, 1}, 2),
                plain,
                "the file does not say the shape");
        t.option(
                "shape of an array",
                cube(MatFixture.plain()),
                plain.withShape(2, 3),
                "an image of 2x2 pixels, not 2x3");
        t.option(
                "several scenes",
                MatFixture.plain().add("p", matrix, twelve).add("q", matrix, twelve),
                plain,
                "name the variable that is the scene; the file has p (2 x 6 double), q (2 x 6 double)");
        t.option(
                "four dimensions",
                MatFixture.plain().add("Y", new int[] {1, 2, 2, 3}, twelve),
                plain.withVariable("Y"),
                "Y (1 x 2 x 2 x 3 double) has 4 dimensions, not 2 or 3");
        t.add(
                "several matrices of spectra",
                d -> SpectralLibraries.read(MatFixture.plain()
                        .add("p", matrix, twelve)
                        .add("q", matrix, twelve)
                        .write(d)),
                IllegalArgumentException.class,
                "name the variable that holds the spectra");
        t.malformed(
                "empty scene",
                d -> Cubes.read(MatFixture.plain().add("Y", new int[] {0, 2, 2}).write(d), plain.withVariable("Y")),
                "variable Y (0 x 2 x 2 double): found no number");
        t.add("rows of zero", d -> plain.withShape(0, 5), IllegalArgumentException.class, "not 0x5");
        t.add("columns of -1", d -> plain.withShape(5, -1), IllegalArgumentException.class, "not 5x-1");
        t.add("blank variable", d -> plain.withVariable(" "), IllegalArgumentException.class, "not blank");
        t.add("no axis order", d -> plain.withAxisOrder(null), NullPointerException.class, "order");
        t.add("no pixel order", d -> plain.withPixelOrder(null), NullPointerException.class, "order");
        t.add("no precision", d -> plain.withPrecision(null), NullPointerException.class, "precision");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void endsAsDocumented(Case c) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] bytes = new long[1];
        Throwable thrown = assertTimeoutPreemptively(LIMIT, () -> {
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                c.attack().run(folder);
                return null;
            } catch (Throwable e) {
                return e;
            } finally {
                bytes[0] = threads.getCurrentThreadAllocatedBytes() - before;
            }
        });

        assertThat(thrown).as("thrown").isInstanceOf(c.type());
        SoftAssertions soft = new SoftAssertions();
        c.message().forEach(part -> soft.assertThat(thrown).hasMessageContaining(part));
        soft.assertThat(bytes[0]).as("bytes allocated").isLessThan(MOST_BYTES);
        soft.assertThat(thrown.getMessage().length())
                .as("length of the message")
                .isLessThan(4000);
        soft.assertAll();
    }

    @Test
    void theTableIsLong() {
        assertThat(cases()).hasSizeGreaterThan(60);
    }

    /** A MAT-file that is cut anywhere; between two variables, the one that is left is no scene. */
    @Test
    void matFilesCutAnywhere() throws IOException {
        for (MatFixture whole : List.of(MatFixture.plain(), MatFixture.compressed())) {
            whole.add("wavelengths", new int[] {1, 2}, 500, 600);
            byte[] bytes = cube(whole).bytes();
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                Throwable thrown = attack(Files.write(folder.resolve("cut.mat"), cut));
                assertThat(thrown).as("cut to %s bytes", length).isInstanceOf(MalformedFileException.class);
            }
        }
    }

    private static Throwable attack(Path file) {
        return assertTimeoutPreemptively(LIMIT, () -> {
            try {
                Cubes.read(file).validMask();
                return null;
            } catch (Throwable e) {
                return e;
            }
        });
    }
}
