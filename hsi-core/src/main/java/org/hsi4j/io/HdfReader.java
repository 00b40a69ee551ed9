package org.hsi4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hsi4j.Cube;
import org.hsi4j.Quantity;
import org.hsi4j.Wavelengths;
import org.hsi4j.io.hdf.HdfDataset;

/**
 * HDF5 and NetCDF-4 files among the formats of {@link Cubes}. EMIT and PRISMA products are known by their groups; of
 * any other file the dataset is named by the options, or found by the rules that hold for MAT-files. Samples are read
 * when they are asked for. Chunks that were never written read as zero.
 */
final class HdfReader implements CubeReader {
    private static final double EMIT_FILL = -9999;
    private static final String EMIT_WAVELENGTHS = "sensor_band_parameters/wavelengths";

    @Override
    public String name() {
        return "HDF5 file (with NetCDF-4)";
    }

    @Override
    public boolean canRead(Path file, byte[] head) {
        return FileTypes.isHdf5(head) && !FileTypes.isMatHdf5(head);
    }

    @Override
    public Cube read(Path file, ReadOptions options) throws IOException {
        HdfContents contents = HdfContents.open(file);
        try {
            return read(file, contents, options);
        } catch (IOException | RuntimeException e) {
            contents.close();
            throw e;
        }
    }

    private static Cube read(Path file, HdfContents contents, ReadOptions options) throws IOException {
        if (isMatrix(contents, options)) {
            contents.close();
            return MatFile.open(file)
                    .cube(
                            options.variable().isPresent()
                                    ? options.withVariable(
                                            plain(options.variable().get()))
                                    : options);
        }
        List<String> notes = new ArrayList<>();
        Cube.Builder builder;
        Optional<String> prisma = Prisma.swath(contents);
        if (options.variable().isEmpty() && prisma.isPresent()) {
            builder = new Prisma(file, contents, prisma.get()).cube(options.axisOrder(), notes);
        } else if (options.variable().isEmpty()
                && contents.dataset(EMIT_WAVELENGTHS).isPresent()) {
            builder = emit(file, contents, notes);
        } else {
            builder = any(file, contents, options, notes);
        }
        notes.forEach(builder::provenance);
        return builder.name(String.valueOf(file.getFileName()).replaceFirst("(?i)\\.(h5|he5|hdf5|hdf|nc|mat)$", ""))
                .build();
    }

    /** Whether the dataset that is named, or every one, has two dimensions at most. */
    private static boolean isMatrix(HdfContents contents, ReadOptions options) {
        List<ArrayEntry> numeric = contents.entries().stream()
                .filter(e -> e.isNumeric()
                        && e.count() > 0
                        && (options.variable().isEmpty()
                                || e.name().equals(plain(options.variable().get()))))
                .toList();
        return numeric.stream().anyMatch(e -> e.dimensions().size() == 2)
                && numeric.stream().noneMatch(e -> e.dimensions().size() > 2);
    }

    private static String plain(String path) {
        return path.replaceFirst("^/+", "");
    }

    /**
     * An EMIT product (L1B radiance, L2A reflectance): {@code downtrack x crosstrack x bands}, the bands described in the group
     * {@code sensor_band_parameters}, wavelengths in nanometres, -9999 for no data. The pixels lie where the sensor saw
     * them; the {@code geotransform} of the file is that of the grid of {@code location/glt_x} and {@code glt_y}, which tell for
     * each cell of the map which pixel belongs there. So such a cube has no georeference; a file without that table is
     * taken to lie on the map already. Names after NASA's EMIT-Data-Resources.
     */
    private static Cube.Builder emit(Path file, HdfContents contents, List<String> notes) throws IOException {
        boolean radiance = contents.dataset("radiance").isPresent();
        String name = radiance ? "radiance" : "reflectance";
        HdfDataset dataset = contents.required(name);
        HdfSource source = HdfSource.open(file, dataset, AxisOrder.ROWS_COLUMNS_BANDS);
        notes.add("read from " + file.getFileName() + ", EMIT, dataset '" + name + "', lines x samples x bands");
        double[] centres = bandValues(file, contents, EMIT_WAVELENGTHS, source.bands());
        double[] widths = bandValues(file, contents, "sensor_band_parameters/fwhm", source.bands());
        Cube.Builder builder = Cube.builder(source)
                .quantity(radiance ? Quantity.RADIANCE : Quantity.REFLECTANCE)
                .wavelengths(HdfAccess.call(
                        file,
                        "sensor_band_parameters",
                        () -> Wavelengths.of(centres).withFwhm(widths)));
        String flags = "sensor_band_parameters/good_wavelengths";
        if (contents.dataset(flags).isPresent()) {
            double[] values = bandValues(file, contents, flags, source.bands());
            boolean[] good = new boolean[values.length];
            for (int b = 0; b < good.length; b++) {
                good[b] = values[b] != 0;
            }
            builder.goodBands(good);
        }
        builder.noData(EMIT_FILL);
        fillValue(contents, dataset, builder, notes);
        if (contents.dataset("location/glt_x").isPresent()) {
            notes.add(
                    "pixels as the sensor saw them: 'geotransform' is that of the map of 'location/glt_x' and 'glt_y'");
        } else {
            HdfPlace.of(contents, name, notes).ifPresent(builder::geoReference);
        }
        return builder;
    }

    private static double[] bandValues(Path file, HdfContents contents, String path, int bands) throws IOException {
        double[] values = contents.numbers(path);
        if (values.length != bands) {
            throw new MalformedFileException(
                    file, "dataset '" + path + "'", values.length + " values", bands + ", one a band");
        }
        return values;
    }

    private static void fillValue(HdfContents contents, HdfDataset dataset, Cube.Builder builder, List<String> notes)
            throws IOException {
        Optional<double[]> fill = contents.attribute(dataset, "_FillValue");
        if (fill.isPresent() && fill.get().length == 1) {
            builder.noData(fill.get()[0]);
            notes.add("took '_FillValue' " + fill.get()[0] + " for missing samples");
        }
    }

    private static Cube.Builder any(Path file, HdfContents contents, ReadOptions options, List<String> notes)
            throws IOException {
        ArrayEntry entry = choose(file, contents, options, notes);
        notes.add(0, "read from " + file.getFileName() + ", HDF5, dataset " + describe(entry));
        AxisOrder axes = options.axisOrder();
        if (entry.dimensions().size() != 3) {
            throw new IllegalArgumentException(file + ": dataset " + describe(entry) + " has "
                    + entry.dimensions().size() + " dimensions, not rows, columns and bands");
        }
        if (axes == AxisOrder.AUTO) {
            axes = SceneRules.axes(contents.entries(), entry.dimensions(), "as nothing says otherwise", notes);
        } else {
            notes.add("axes are " + axes.words() + " as told");
        }
        HdfDataset dataset = contents.required(entry.name());
        HdfSource source = HdfSource.open(file, dataset, axes);
        Cube.Builder builder = Cube.builder(source);
        Optional<ArrayEntry> wavelengths = contents.entries().stream()
                .filter(e -> SceneRules.isWavelengths(e) && e.count() == source.bands())
                .findFirst();
        if (wavelengths.isPresent()) {
            String name = wavelengths.get().name();
            SceneRules.wavelengths(name, contents.numbers(name), notes).ifPresent(builder::wavelengths);
        }
        fillValue(contents, dataset, builder, notes);
        HdfPlace.of(contents, entry.name(), notes).ifPresent(builder::geoReference);
        return builder;
    }

    private static ArrayEntry choose(Path file, HdfContents contents, ReadOptions options, List<String> notes)
            throws IOException {
        List<ArrayEntry> all = contents.entries();
        if (options.variable().isPresent()) {
            String name = plain(options.variable().get());
            return all.stream()
                    .filter(e -> e.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            file + " has no dataset " + MalformedFileException.quote(name) + "; it has " + list(all)));
        }
        List<ArrayEntry> scenes = all.stream()
                .filter(e -> e.isNumeric() && e.count() > 0 && e.dimensions().size() == 3)
                .toList();
        if (scenes.isEmpty()) {
            throw new MalformedFileException(file, "datasets", list(all), "a three-dimensional one of numbers");
        }
        return scenes.size() == 1
                ? scenes.get(0)
                : SceneRules.named(scenes, notes)
                        .orElseThrow(() -> new IllegalArgumentException(
                                file + ": name the dataset that is the scene; the file has " + list(all)));
    }

    private static String list(List<ArrayEntry> entries) {
        String shown = entries.stream().limit(50).map(HdfReader::describe).collect(Collectors.joining(", "));
        return entries.isEmpty() ? "no dataset" : shown + (entries.size() > 50 ? ", ..." : "");
    }

    private static String describe(ArrayEntry entry) {
        String size = entry.dimensions().stream().map(String::valueOf).collect(Collectors.joining(" x "));
        return entry.name() + " (" + size + (size.isEmpty() ? "" : " ") + entry.type() + ")";
    }
}
