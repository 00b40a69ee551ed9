package org.hsi4j.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.hsi4j.Endmembers;
import org.hsi4j.Wavelengths;
import org.hsi4j.linalg.Dense;
import org.hsi4j.metrics.SpectralAngle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MaterialTest {

    @ParameterizedTest
    @EnumSource
    void reflectsBetweenNothingAndEverything(Material material) {
        for (double nanometres = 300; nanometres <= 2600; nanometres++) {
            assertThat(material.model().reflectance(nanometres)).isStrictlyBetween(0.0, 1.0);
        }
    }

    /**
     * Minima lie where they were published; overlap with a neighbour and the slope of the continuum move them by a few
     * nanometres, more the wider they are.
     */
    @ParameterizedTest
    @CsvSource({
        "GREEN_VEGETATION, 662, 8",
        "GREEN_VEGETATION, 970, 8",
        "GREEN_VEGETATION, 1200, 20",
        "GREEN_VEGETATION, 1450, 12",
        "GREEN_VEGETATION, 1940, 12",
        "DRY_SOIL, 1410, 5",
        "DRY_SOIL, 1910, 5",
        "DRY_SOIL, 2205, 5",
        "WATER, 742, 12",
        "WATER, 970, 10",
        "DRY_VEGETATION, 1450, 10",
        "DRY_VEGETATION, 1930, 10",
        "DRY_VEGETATION, 2100, 10",
        "DRY_VEGETATION, 2340, 25",
        "KAOLINITE, 1413, 4",
        "KAOLINITE, 2206, 4",
        "KAOLINITE, 2312, 6",
        "KAOLINITE, 2380, 6",
        "HEMATITE, 535, 15",
        "HEMATITE, 860, 12",
        "ALUNITE, 1480, 5",
        "ALUNITE, 1760, 5",
        "ALUNITE, 2165, 5",
        "ALUNITE, 2320, 8",
        "CALCITE, 1875, 5",
        "CALCITE, 1995, 5",
        "CALCITE, 2340, 5",
        "GOETHITE, 480, 20",
        "GOETHITE, 930, 15",
        "GYPSUM, 1445, 5",
        "GYPSUM, 1490, 5",
        "GYPSUM, 1535, 5",
        "GYPSUM, 1750, 5",
        "GYPSUM, 1945, 5",
        "GYPSUM, 2215, 8",
        "ASPHALT, 1720, 5",
        "ASPHALT, 2310, 5",
        "POLYETHYLENE, 1215, 5",
        "POLYETHYLENE, 1417, 8",
        "POLYETHYLENE, 1732, 5",
        "POLYETHYLENE, 2313, 8"
    })
    void hasItsMinima(Material material, double published, double tolerance) {
        double least = published - tolerance;
        for (double nm = least; nm <= published + tolerance; nm += 0.5) {
            if (material.model().reflectance(nm) < material.model().reflectance(least)) {
                least = nm;
            }
        }
        assertThat(least).isStrictlyBetween(published - tolerance, published + tolerance);
    }

    @Test
    void leavesHaveTheirRedEdge() {
        double steepest = 600;
        for (double nm = 600; nm < 900; nm++) {
            if (slope(nm) > slope(steepest)) {
                steepest = nm;
            }
        }
        assertThat(steepest).isBetween(700.0, 735.0);
        assertThat(Material.GREEN_VEGETATION.model().reflectance(550))
                .isGreaterThan(2 * Material.GREEN_VEGETATION.model().reflectance(662));
    }

    private static double slope(double nm) {
        AbsorptionSpectrum leaf = Material.GREEN_VEGETATION.model();
        return leaf.reflectance(nm + 1) - leaf.reflectance(nm - 1);
    }

    @Test
    void waterIsDarkInTheInfrared() {
        AbsorptionSpectrum water = Material.WATER.model();
        assertThat(water.reflectance(480)).isBetween(0.05, 0.1);
        for (double nm = 1000; nm <= 2500; nm += 10) {
            assertThat(water.reflectance(nm)).isLessThan(0.03);
        }
    }

    @Test
    void allCanBeToldApart() {
        Endmembers all = LinearMixingScene.withDefaults()
                .withEndmemberCount(Material.values().length)
                .endmembers();
        for (int i = 0; i < all.count(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(SpectralAngle.degrees(all.get(i), all.get(j)))
                        .as("%s and %s", all.get(i), all.get(j))
                        .isGreaterThan(5);
            }
        }
        // far from singular in double
        assertThat(Dense.condition(all.toMatrix())).isLessThan(1e4);
    }

    @Test
    void makesEndmembersInTheOrderAsked() {
        Wavelengths grid = Wavelengths.of(500, 1000, 2000);
        Endmembers e = Material.endmembers(grid, List.of(Material.WATER, Material.GYPSUM));

        assertThat(e.names()).containsExactly("water", "gypsum");
        assertThat(e.get(1)).isEqualTo(Material.GYPSUM.on(grid));
        assertThat(e.wavelengths()).contains(grid);
        assertThatIllegalArgumentException().isThrownBy(() -> Material.endmembers(grid, List.of()));
    }
}
