package org.hsi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.testing.FormulaSource;

/**
 * Chains of views against a naive model: an array of physical values that each view copies. Shapes, raw samples, scale,
 * no-data value, mask, storage and the chain are random.
 */
class CubeViewTest {

    /** What a cube shall say: {@code values[band][pixel]}, NaN where there is none, and the metadata of each band. */
    private record Model(
            int rows, int columns, double[][] values, double[] wavelengths, boolean[] good, double x, double y) {

        Model crop(Region r) {
            double[][] v = new double[values.length][r.rows() * r.columns()];
            for (int b = 0; b < v.length; b++) {
                for (int i = 0; i < v[b].length; i++) {
                    int row = r.row() + i / r.columns();
                    v[b][i] = values[b][row * columns + r.column() + i % r.columns()];
                }
            }
            return new Model(
                    r.rows(),
                    r.columns(),
                    v,
                    wavelengths,
                    good,
                    x + r.column() * PIXEL_WIDTH,
                    y - r.row() * PIXEL_HEIGHT);
        }

        Model select(int[] bands) {
            boolean[] g = new boolean[bands.length];
            double[] w = new double[bands.length];
            double[][] v = new double[bands.length][];
            for (int k = 0; k < bands.length; k++) {
                g[k] = good[bands[k]];
                w[k] = wavelengths[bands[k]];
                v[k] = values[bands[k]];
            }
            return new Model(rows, columns, v, w, g, x, y);
        }

        Model scaled(double gain, double offset) {
            double[][] v = new double[values.length][];
            for (int b = 0; b < v.length; b++) {
                v[b] = Arrays.stream(values[b]).map(s -> s * gain + offset).toArray();
            }
            return new Model(rows, columns, v, wavelengths, good, x, y);
        }

        Model masked(boolean[] keep) {
            double[][] v = new double[values.length][];
            for (int b = 0; b < v.length; b++) {
                double[] from = values[b];
                v[b] = IntStream.range(0, from.length)
                        .mapToDouble(i -> keep[i] ? from[i] : Double.NaN)
                        .toArray();
            }
            return new Model(rows, columns, v, wavelengths, good, x, y);
        }

        boolean valid(int pixel) {
            return Arrays.stream(values).noneMatch(v -> Double.isNaN(v[pixel]));
        }
    }

    private record Scene(Cube cube, Model model) {}

    private static final double PIXEL_WIDTH = 30;
    private static final double PIXEL_HEIGHT = 20;
    private static final double NO_DATA = -1.23e34;

    private static Scene scene(int rows, int columns, int bands, Random random) {
        int n = rows * columns;
        boolean real = random.nextBoolean();
        boolean withNoData = random.nextBoolean();
        Precision precision = random.nextBoolean() ? Precision.FLOAT : Precision.DOUBLE;
        double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, NO_DATA};
        double dirt = random.nextInt(3) * 0.04;
        double[][] raw = new double[bands][n];
        double[] gain = random.doubles(bands, -2, 2).toArray();
        double[] offset = random.doubles(bands, -5, 5).toArray();
        boolean scaled = random.nextBoolean();
        boolean[] keep = keep(n, random);
        boolean masked = random.nextBoolean();
        double[][] physical = new double[bands][n];
        for (int b = 0; b < bands; b++) {
            for (int i = 0; i < n; i++) {
                double v = random.nextDouble() < dirt ? odd[random.nextInt(4)] : random.nextGaussian();
                raw[b][i] = precision == Precision.FLOAT ? (float) v : v;
                boolean none = !Double.isFinite(v) || (v == NO_DATA && withNoData) || (masked && !keep[i]);
                physical[b][i] = none ? Double.NaN : scaled ? raw[b][i] * gain[b] + offset[b] : raw[b][i];
            }
        }
        double[] wavelengths = random.doubles(bands, 400, 2500).toArray();
        boolean[] good = new boolean[bands];
        for (int b = 0; b < bands; b++) {
            good[b] = random.nextInt(4) > 0;
        }
        Cube.Builder builder;
        if (real) {
            builder = Cube.builder(rows, columns, bands, precision);
            for (int b = 0; b < bands; b++) {
                builder.plane(b, raw[b]);
            }
        } else {
            builder = Cube.builder(new FormulaSource(rows, columns, bands, precision, (i, b) -> raw[b][(int) i]));
        }
        builder.wavelengths(Wavelengths.of(wavelengths))
                .goodBands(good)
                .geoReference(
                        new GeoReference("UTM", 1000, 2000, PIXEL_WIDTH, PIXEL_HEIGHT, 0, 33, true, "WGS-84", "m", ""));
        if (withNoData) {
            builder.noData(NO_DATA);
        }
        if (scaled) {
            builder.scale(gain, offset);
        }
        if (masked) {
            builder.mask(Mask.of(rows, columns, i -> keep[i]));
        }
        return new Scene(builder.build(), new Model(rows, columns, physical, wavelengths, good, 1000, 2000));
    }

    private static boolean[] keep(int n, Random random) {
        double share = random.nextInt(4) / 3.0;
        boolean[] keep = new boolean[n];
        for (int i = 0; i < n; i++) {
            keep[i] = random.nextDouble() < share;
        }
        return keep;
    }

    private static Scene step(Scene s, Random random) {
        Cube cube = s.cube();
        Model model = s.model();
        switch (random.nextInt(5)) {
            case 0 -> {
                int row = random.nextInt(cube.rows());
                int column = random.nextInt(cube.columns());
                Region r = new Region(
                        row,
                        column,
                        1 + random.nextInt(cube.rows() - row),
                        1 + random.nextInt(cube.columns() - column));
                return new Scene(cube.crop(r), model.crop(r));
            }
            case 1 -> {
                int[] bands = IntStream.range(0, 1 + random.nextInt(6))
                        .map(k -> random.nextInt(cube.bands()))
                        .toArray();
                return new Scene(cube.selectBands(bands), model.select(bands));
            }
            case 2 -> {
                int[] good = IntStream.range(0, cube.bands())
                        .filter(b -> model.good()[b])
                        .toArray();
                return good.length == 0 ? s : new Scene(cube.dropBadBands(), model.select(good));
            }
            case 3 -> {
                double gain = 0.5 + random.nextDouble();
                double offset = random.nextGaussian();
                return new Scene(cube.scaled(gain, offset), model.scaled(gain, offset));
            }
            default -> {
                boolean[] keep = keep(cube.pixels(), random);
                return new Scene(cube.masked(Mask.of(cube.rows(), cube.columns(), i -> keep[i])), model.masked(keep));
            }
        }
    }

    @Property
    void viewsComposeLikeCopies(
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 1, max = 11) int columns,
            @ForAll @IntRange(min = 1, max = 6) int bands,
            @ForAll @IntRange(min = 0, max = 6) int steps,
            @ForAll long seed) {
        Random random = new Random(seed);
        Scene s = scene(rows, columns, bands, random);
        check(s, random);
        for (int k = 0; k < steps; k++) {
            s = step(s, random);
            check(s, random);
        }
    }

    private static void check(Scene s, Random random) {
        Cube cube = s.cube();
        Model model = s.model();
        assertThat(cube.rows()).isEqualTo(model.rows());
        assertThat(cube.columns()).isEqualTo(model.columns());
        assertThat(cube.bands()).isEqualTo(model.values().length);
        assertThat(cube.wavelengths().orElseThrow()).isEqualTo(Wavelengths.of(model.wavelengths()));
        for (int b = 0; b < cube.bands(); b++) {
            assertThat(cube.isGoodBand(b)).isEqualTo(model.good()[b]);
        }
        assertThat(cube.geoReference().orElseThrow().x()).isEqualTo(model.x());
        assertThat(cube.geoReference().orElseThrow().y()).isEqualTo(model.y());

        double[][] planes = checkValues(cube, model);
        checkRegion(cube, planes, random);
        checkTile(cube, planes, random);
        checkCopies(cube, planes);
        Mask valid = cube.validMask();
        for (int i = 0; i < cube.pixels(); i++) {
            assertThat(valid.get(i)).isEqualTo(model.valid(i));
        }
    }

    /** Planes are right to rounding; all other ways to the same samples agree with them bit for bit. */
    private static double[][] checkValues(Cube cube, Model model) {
        double[][] planes = new double[cube.bands()][];
        for (int b = 0; b < planes.length; b++) {
            planes[b] = cube.plane(b);
            assertThat(planes[b]).hasSize(cube.pixels());
            for (int i = 0; i < cube.pixels(); i++) {
                double expected = model.values()[b][i];
                if (Double.isNaN(expected)) {
                    assertThat(planes[b][i]).isNaN();
                } else {
                    // A view joins its scale with the one before, which rounds; after cancellation with an offset the
                    // error is still that of the terms, whose size is up to about 100.
                    assertThat(planes[b][i]).isCloseTo(expected, within(1e-12 * (100 + Math.abs(expected))));
                }
            }
        }
        for (int b = 0; b < planes.length; b++) {
            double[] values = new double[cube.pixels()];
            for (int i = 0; i < values.length; i++) {
                values[i] = cube.value(i / cube.columns(), i % cube.columns(), b);
            }
            assertThat(values).containsExactly(planes[b]);
        }
        for (int i = 0; i < cube.pixels(); i++) {
            int pixel = i;
            assertThat(cube.spectrum(i / cube.columns(), i % cube.columns()).toArray())
                    .containsExactly(
                            Arrays.stream(planes).mapToDouble(p -> p[pixel]).toArray());
        }
        return planes;
    }

    private static void checkRegion(Cube cube, double[][] planes, Random random) {
        int row = random.nextInt(cube.rows());
        int column = random.nextInt(cube.columns());
        Region r = new Region(
                row, column, 1 + random.nextInt(cube.rows() - row), 1 + random.nextInt(cube.columns() - column));
        double[][] read = new double[cube.bands()][(int) r.pixels() + 1];
        for (double[] plane : read) {
            Arrays.fill(plane, 777);
        }
        cube.read(r, read);
        for (int b = 0; b < read.length; b++) {
            double[] expected = new double[(int) r.pixels() + 1];
            for (int i = 0; i < r.pixels(); i++) {
                int pixel = (row + i / r.columns()) * cube.columns() + column + i % r.columns();
                expected[i] = planes[b][pixel];
            }
            expected[(int) r.pixels()] = 777; // nothing beyond the region was touched
            assertThat(read[b]).containsExactly(expected);
        }
    }

    private static void checkTile(Cube cube, double[][] planes, Random random) {
        int first = random.nextInt(cube.pixels());
        int count = random.nextInt(cube.pixels() - first + 1);
        PixelTile tile = new PixelTile(cube.bands(), count + 1 + random.nextInt(3));
        cube.read(first, count, tile);
        List<Integer> expected = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            int pixel = i;
            if (Arrays.stream(planes).noneMatch(p -> Double.isNaN(p[pixel]))) {
                expected.add(i);
            }
        }
        assertThat(tile.first()).isEqualTo(first);
        assertThat(tile.span()).isEqualTo(count);
        assertThat(tile.size()).isEqualTo(expected.size());
        double[] image = new double[cube.pixels()];
        Arrays.fill(image, 777);
        double[] scattered = image.clone();
        for (int i = first; i < first + count; i++) {
            image[i] = Double.NaN;
        }
        for (int i = 0; i < tile.size(); i++) {
            assertThat(tile.pixel(i)).isEqualTo(expected.get(i));
            for (int b = 0; b < planes.length; b++) {
                assertThat(tile.planes()[b][i]).isFinite().isEqualTo(planes[b][tile.pixel(i)]);
            }
            image[tile.pixel(i)] = planes[0][tile.pixel(i)];
        }
        tile.scatter(tile.planes()[0], scattered);
        assertThat(scattered).containsExactly(image);
    }

    private static void checkCopies(Cube cube, double[][] planes) {
        Cube copy = cube.toHeap(Precision.DOUBLE);
        assertThat(copy).isEqualTo(cube).hasSameHashCodeAs(cube);
        for (int b = 0; b < planes.length; b++) {
            assertThat(copy.plane(b)).containsExactly(planes[b]);
        }
        Cube rounded = cube.toHeap(Precision.FLOAT);
        assertThat(rounded.precision()).isEqualTo(Precision.FLOAT);
        for (int b = 0; b < planes.length; b++) {
            assertThat(rounded.plane(b))
                    .containsExactly(
                            Arrays.stream(planes[b]).map(v -> (float) v).toArray());
        }
    }
}
