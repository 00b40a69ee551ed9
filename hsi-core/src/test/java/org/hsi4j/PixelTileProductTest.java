package org.hsi4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.linalg.Kernels;
import org.junit.jupiter.api.Test;

/** A tile gives the same from float32 and float64 cubes, in whatever order it is asked. */
class PixelTileProductTest {
    private static final float MISSING = -9999;

    private record Read(
            int size, int[] pixels, double[] mean, double[][] scatter, double[][] planes, double[][] product) {}

    /** Product first, or size, or planes. */
    private static Read read(Cube cube, int first, int count, double[][] weights, int order) {
        PixelTile tile = new PixelTile(cube.bands(), count);
        cube.read(0, Math.min(2, count), tile); // what an earlier read leaves must not show
        cube.read(first, count, tile);
        double[][] out = new double[weights.length][count];
        if (order == 1) {
            assertThat(tile.size()).isLessThanOrEqualTo(count);
        } else if (order == 2) {
            assertThat(tile.planes()).hasDimensions(cube.bands(), count);
        }
        tile.multiply(weights, out);
        int n = tile.size();
        int[] pixels = new int[n];
        Arrays.setAll(pixels, tile::pixel);
        double[] mean = new double[cube.bands()];
        double[][] scatter = new double[cube.bands()][cube.bands()];
        tile.addScatter(mean, Kernels.best().scatterScratch(cube.bands(), count), scatter);
        return new Read(n, pixels, mean, scatter, cut(tile.planes(), n), cut(out, n));
    }

    private static double[][] cut(double[][] rows, int n) {
        return Arrays.stream(rows).map(row -> Arrays.copyOf(row, n)).toArray(double[][]::new);
    }

    private static void assertSame(Read actual, Read expected) {
        assertThat(actual.size()).isEqualTo(expected.size());
        assertThat(actual.pixels()).isEqualTo(expected.pixels());
        assertThat(actual.mean()).isEqualTo(expected.mean());
        assertThat(actual.scatter()).isDeepEqualTo(expected.scatter());
        assertThat(actual.planes()).isDeepEqualTo(expected.planes());
        assertThat(actual.product()).isDeepEqualTo(expected.product());
    }

    private static Cube cube(int rows, int columns, int bands, Random random, double bad, boolean noData) {
        Cube.Builder builder = Cube.builder(rows, columns, bands, Precision.FLOAT);
        float[] strange = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, MISSING};
        for (int b = 0; b < bands; b++) {
            for (int i = 0; i < rows * columns; i++) {
                float value = random.nextDouble() < bad ? strange[random.nextInt(4)] : (float) random.nextGaussian();
                builder.set(i / columns, i % columns, b, value);
            }
        }
        return noData ? builder.noData(MISSING).build() : builder.build();
    }

    @Property
    void floatAndDoubleCubesGiveTheSame(
            @ForAll @IntRange(min = 1, max = 6) int rows,
            @ForAll @IntRange(min = 1, max = 30) int columns,
            @ForAll @IntRange(min = 1, max = 11) int bands,
            @ForAll @IntRange(min = 0, max = 7) int outputs,
            @ForAll @IntRange(min = 0, max = 2) int order,
            @ForAll @IntRange(min = 0, max = 3) int view,
            @ForAll boolean noData,
            @ForAll boolean clean,
            @ForAll long seed) {
        Random random = new Random(seed);
        Cube narrow = cube(rows, columns, bands, random, clean ? 0 : 0.3 / bands, noData);
        UnaryOperator<Cube> look = switch (view) {
            case 1 -> c -> c.crop(new Region(rows / 2, 0, rows - rows / 2, columns));
            case 2 -> c -> c.crop(new Region(0, columns / 2, rows, columns - columns / 2));
            case 3 -> c -> c.selectBands(bands - 1, 0);
            default -> c -> c;
        };
        Cube seen = look.apply(narrow);
        Cube wide = seen.toHeap(Precision.DOUBLE);
        if (seed % 3 == 0) {
            BitSet bits = new BitSet();
            for (int i = 0; i < seen.pixels(); i++) {
                bits.set(i, random.nextInt(4) > 0);
            }
            Mask mask = Mask.of(seen.rows(), seen.columns(), bits::get);
            seen = seen.masked(mask);
            wide = wide.masked(mask);
        }
        double[][] weights = new double[outputs][];
        int width = wide.bands();
        Arrays.setAll(weights, k -> random.doubles(width, -1, 1).toArray());
        int first = random.nextInt(seen.pixels());
        int count = 1 + random.nextInt(seen.pixels() - first);

        assertSame(read(seen, first, count, weights, order), read(wide, first, count, weights, 1));
    }

    @Test
    void weightsThatOverflowDoNotMakeAPixelInvalid() {
        Cube cube = Cube.builder(1, 2, 1, Precision.FLOAT).pixel(0, 0, 1e30).build();
        PixelTile tile = new PixelTile(1, 2);
        cube.read(0, 2, tile);
        double[][] out = new double[1][2];
        tile.multiply(new double[][] {{1e300}}, out);

        assertThat(tile.size()).isEqualTo(2);
        assertThat(out[0]).containsExactly(Double.POSITIVE_INFINITY, 0);
    }

    @Test
    void writingToThePlanesDoesNotReachTheCube() {
        Cube cube = Cube.builder(1, 1, 1, Precision.FLOAT).pixel(0, 0, 5).build();
        PixelTile tile = new PixelTile(1, 1);
        cube.read(0, 1, tile);
        tile.planes()[0][0] = 7;
        double[][] out = new double[1][1];
        tile.multiply(new double[][] {{2}}, out);

        assertThat(out[0]).containsExactly(14);
        assertThat(cube.value(0, 0, 0)).isEqualTo(5);
    }

    @Test
    void aNoDataValueOfZeroExcludesBothZeros() {
        Cube cube = Cube.builder(1, 3, 1, Precision.FLOAT)
                .pixel(0, 0, 0.0)
                .pixel(0, 1, -0.0)
                .pixel(0, 2, Float.MIN_VALUE)
                .noData(0)
                .build();
        PixelTile tile = new PixelTile(1, 3);
        cube.read(0, 3, tile);

        assertThat(tile.size()).isEqualTo(1);
        assertThat(tile.pixel(0)).isEqualTo(2);
    }

    @Test
    void aNoDataValueBelowTheFloatsExcludesNothing() {
        Cube cube = Cube.builder(1, 1, 1, Precision.FLOAT)
                .pixel(0, 0, 0.0)
                .noData(1e-300)
                .build();
        PixelTile tile = new PixelTile(1, 1);
        cube.read(0, 1, tile);

        assertThat(tile.size()).isEqualTo(1);
    }
}
