package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Precision;
import org.hsi4j.Quantity;
import org.hsi4j.Wavelengths;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RealData
class EnviRealDataTest {

    @ParameterizedTest
    @CsvSource({
        "samson/samson_1.img, 95, 95, 156, true",
        "samson/samson_1.img.hdr, 95, 95, 156, true",
        "salinasA/SalinasA_corrected.img, 83, 86, 204, false",
        "salinasA/SalinasA_corrected.hdr, 83, 86, 204, false",
        "hyspex_bavaria/Bavaria_farmland_LMU_Hyspex_subset.bsq, 50, 50, 232, true",
        "hyspex_bavaria/Bavaria_farmland_LMU_Hyspex_subset.hdr, 50, 50, 232, true",
        "aviris_ng/ang20170323t202244_rdn_7000-7010, 10, 10, 425, true",
        "aviris_ng/ang20170323t202244_rdn_7000-7010.hdr, 10, 10, 425, true",
        "emit/emit20250324t221005_jpl_unmix_ex, 10, 10, 285, true",
        "emit/emit20250324t221005_jpl_unmix_ex.hdr, 10, 10, 285, true",
        "gamsberg_cube/cubus_gamsberg_subset, 25, 10, 189, true",
        "gamsberg_cube/cubus_gamsberg_subset.hdr, 25, 10, 189, true",
        "qps_envi_bil/envi, 7, 10, 177, true",
        "qps_envi_bil/envi.hdr, 7, 10, 177, true",
    })
    void opensHeaderAndBinary(String file, int rows, int columns, int bands, boolean wavelengths) throws IOException {
        Cube cube = Cubes.read(SharedFiles.data("envi/" + file));

        assertThat(cube.rows()).isEqualTo(rows);
        assertThat(cube.columns()).isEqualTo(columns);
        assertThat(cube.bands()).isEqualTo(bands);
        assertThat(cube.precision()).isEqualTo(Precision.FLOAT);
        assertThat(cube.quantity()).isEqualTo(Quantity.UNKNOWN);
        assertThat(cube.wavelengths().isPresent()).isEqualTo(wavelengths);
        if (wavelengths) {
            Wavelengths w = cube.wavelengths().orElseThrow();
            assertThat(w.min()).isBetween(350.0, 500.0);
            assertThat(w.max()).isBetween(880.0, 2550.0);
        }
    }

    /** The MAT-file holds the counts of the ENVI file over their maximum, 1402, and zero for the negative ones. */
    @Test
    void samsonIsTheSameInBothFormats() throws IOException {
        Cube envi = Cubes.read(SharedFiles.data("envi/samson/samson_1.img"));
        Cube mat = Cubes.read(SharedFiles.data("unmixing/samson/samson_1.mat"));

        for (int band = 0; band < 156; band++) {
            double[] counts = envi.plane(band);
            double[] fractions = mat.plane(band);
            for (int i = 0; i < counts.length; i++) {
                // two roundings of numbers up to one
                assertThat(fractions[i]).isCloseTo(Math.max(0, counts[i]) / 1402, within(2.3e-16));
            }
        }
    }

    @Test
    void salinasAIsTheSameInBothFormats() throws IOException {
        Cube envi = Cubes.read(SharedFiles.data("envi/salinasA/SalinasA_corrected.img"));
        Cube mat = Cubes.read(SharedFiles.data("classification/salinasA/SalinasA_corrected.mat"));

        assertThat(envi).isEqualTo(mat);
    }

    /** Samples of the first pixel in the first band and the last row's last pixel but one in the last band, by NumPy. */
    @ParameterizedTest
    @CsvSource({
        "samson/samson_1.img, 36, 793",
        "hyspex_bavaria/Bavaria_farmland_LMU_Hyspex_subset.bsq, 109, 447",
        "aviris_ng/ang20170323t202244_rdn_7000-7010, 7.6449394, 0.019610226",
        "emit/emit20250324t221005_jpl_unmix_ex, 0.029903129, 0.067643896",
        "gamsberg_cube/cubus_gamsberg_subset, 662.00635, 4540.0",
        "qps_envi_bil/envi, 637, 1210",
    })
    void samplesAreWhereTheyBelong(String file, float first, float nearlyLast) throws IOException {
        Cube cube = Cubes.read(SharedFiles.data("envi/" + file));

        assertThat((float) cube.value(0, 0, 0)).isEqualTo(first);
        assertThat((float) cube.value(cube.rows() - 1, cube.columns() - 2, cube.bands() - 1))
                .isEqualTo(nearlyLast);
    }

    @Test
    void metadata() throws IOException {
        Cube samson = Cubes.read(SharedFiles.data("envi/samson/samson_1.img"));
        Cube emit = Cubes.read(SharedFiles.data("envi/emit/emit20250324t221005_jpl_unmix_ex"));
        Cube gamsberg = Cubes.read(SharedFiles.data("envi/gamsberg_cube/cubus_gamsberg_subset"));
        Cube qps = Cubes.read(SharedFiles.data("envi/qps_envi_bil/envi"));

        GeoReference place = samson.geoReference().orElseThrow();
        assertThat(place.x()).isEqualTo(612730.910);
        assertThat(place.y()).isEqualTo(4074488.708);
        assertThat(place.zone()).isEqualTo(10);
        assertThat(place.datum()).isEqualTo("WGS-84");
        assertThat(place.units()).isEqualTo("Meters");
        assertThat(place.coordinateSystem()).startsWith("PROJCS[\"UTM_Zone_10N\"");
        assertThat(emit.noDataValue()).hasValue(-9999);
        assertThat(emit.dropBadBands().bands()).isEqualTo(244);
        assertThat(emit.wavelengths().orElseThrow().fwhm(0)).hasValue(8.415000000000001);
        assertThat(emit.bandNames().orElseThrow()).hasSize(285).startsWith("channel_0", "channel_1");
        assertThat(emit.provenance()).contains("took the wavelengths for nm by their size; the header says no unit");
        assertThat(gamsberg.provenance())
                .contains("took the wavelengths for nm by their size; the header says 'Unknown'");
        assertThat(gamsberg.bandNames().orElseThrow().get(0))
                .isEqualTo("Resize (Band 1:resampled_clipped_2013317) (426.820007)");
        assertThat(qps.wavelengths().orElseThrow().at(176)).isEqualTo(2409);
        assertThat(qps.provenance().get(0)).endsWith("int16, bsq, little-endian");
    }
}
