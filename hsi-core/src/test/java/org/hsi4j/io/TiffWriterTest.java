package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Precision;
import org.hsi4j.SampleSource;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TiffWriterTest {
    @TempDir
    Path folder;

    @Test
    void mapsKeepTheirPlaceAndTheirNames() throws IOException {
        GeoReference utm = new GeoReference("UTM", 366015.1, 5809965.3, 30, 20, 0, 33, false, "WGS-84", "Meters", "");
        AbundanceMaps maps = AbundanceMaps.of(1, 2, List.of("a <&> \"b\"", "rock"), new double[][] {{0.1, 0.9}, {1, 0}})
                .withGeoReference(utm);
        Path file = folder.resolve("x.tiff");

        Cubes.write(maps, file, WriteOptions.defaults(), RunContext.sequential());

        Cube read = Cubes.read(file);
        assertThat(read.geoReference()).hasValue(utm);
        assertThat(read.bandNames()).hasValue(maps.names());
        assertThat(read.plane(0)).containsExactly(0.1, 0.9);

        ScoreMap map = ScoreMap.of("score", 1, 2, new double[] {0.1, Double.NaN});
        List<GeoReference> references = List.of(
                new GeoReference("Geographic Lat/Lon", 13.1, 52.3, 1e-4, 2e-4, 0, 0, true, "WGS-84", "Degrees", ""),
                new GeoReference("EPSG:3035", 1, 2, 3, 4, 0, 0, true, "", "Meters", ""),
                new GeoReference("EPSG:4258", 1, 2, 3, 4, 0, 0, true, "", "Degrees", ""),
                new GeoReference("Local", 1, 2, 3, 4, 0, 0, true, "", "Meters", ""));
        for (GeoReference reference : references) {
            Cubes.write(map.withGeoReference(reference), file, WriteOptions.defaults(), RunContext.sequential());
            assertThat(Cubes.read(file).geoReference()).hasValue(reference);
            assertThat(Cubes.read(file).plane(0)).containsExactly(0.1, Double.NaN);
        }
    }

    @Test
    void turnedImagesKeepTheirPlace() throws IOException {
        GeoReference turned = new GeoReference("EPSG:3035", 1000, 2000, 3, 4, 25, 0, true, "", "Meters", "");
        Path file = folder.resolve("x.tif");

        Cubes.write(
                ScoreMap.of("score", 1, 1, new double[] {1}).withGeoReference(turned),
                file,
                WriteOptions.defaults(),
                RunContext.sequential());

        GeoReference read = Cubes.read(file).geoReference().orElseThrow();
        // differences of numbers near 2000 are kept to 2000 ulp
        assertThat(read.xAt(7, 9)).isCloseTo(turned.xAt(7, 9), org.assertj.core.api.Assertions.within(1e-9));
        assertThat(read.yAt(7, 9)).isCloseTo(turned.yAt(7, 9), org.assertj.core.api.Assertions.within(1e-9));
    }

    @Test
    void otherProgramsReadIt() throws IOException {
        Path file = folder.resolve("x.tif");
        Cubes.write(
                Cube.of(2, 3, new double[][] {{1, 2, 3, 4, 5, 6}}),
                file,
                WriteOptions.defaults().withSampleType(SampleType.UINT16),
                RunContext.sequential());

        ImageReader reader = ImageIO.getImageReadersByFormatName("tiff").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            reader.setInput(in);
            Raster raster = reader.read(0).getRaster();
            assertThat(raster.getSamples(0, 0, 3, 2, 0, (int[]) null)).containsExactly(1, 2, 3, 4, 5, 6);
        } finally {
            reader.dispose();
        }
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeTheWork() {
        SampleSource huge = new SampleSource() {
            @Override
            public int rows() {
                return 1 << 15;
            }

            @Override
            public int columns() {
                return 1 << 15;
            }

            @Override
            public int bands() {
                return 2;
            }

            @Override
            public Precision precision() {
                return Precision.FLOAT;
            }

            @Override
            public void read(long firstPixel, int count, int[] bands, double[][] target, int offset) {
                throw new AssertionError("nothing is read");
            }
        };
        Cube cube = Cube.builder(huge).build();

        assertThatThrownBy(() -> Cubes.write(cube, folder.resolve("x.tif")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write an ENVI image");
        assertThatThrownBy(() -> Cubes.write(cube, folder.resolve("x.mat")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("up to 2 GiB");
        assertThat(folder).isEmptyDirectory();
    }
}
