package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.MatFile;
import org.hsi4j.method.Methods;
import org.hsi4j.metrics.Roc;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.hsi4j.testing.Slow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What one set of defaults finds on five real scenes. The figures of others, where they are known, are in the field notes; those
 * without one are our own and keep a change from going unseen.
 */
@RealData
class RealScenesTest {
    private static final String[] SCENES = {
        "abu/abu-airport-1.mat",
        "abu/abu-beach-1.mat",
        "abu/abu-urban-1.mat",
        "abu/abu-urban-2.mat",
        "hydice/HYDICE_urban.mat"
    };

    private static double[] aucs(AnomalyDetector method) throws IOException {
        double[] aucs = new double[SCENES.length];
        for (int i = 0; i < SCENES.length; i++) {
            aucs[i] = auc(SCENES[i], "map", method);
        }
        return aucs;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double auc(String file, String truth, AnomalyDetector method) throws IOException {
        Path path = SharedFiles.data("detection/" + file);
        DetectionResult result = Detection.of(Cubes.read(path)).with(method).run();
        return Roc.of(result.scores(), MatFile.open(path).mask(truth)).auc();
    }

    /** The field notes' figures, of another implementation with other rules at borders: hence .01. */
    @ParameterizedTest
    @CsvSource({
        "abu/abu-airport-1.mat, map, .888",
        "abu/abu-beach-1.mat, map, .989",
        "abu/abu-urban-1.mat, map, .971",
        "hydice/HYDICE1_v73.mat, mask, .906"
    })
    void collaborativeRepresentationFindsWhatTheNotesSay(String file, String truth, double auc) throws IOException {
        AnomalyDetector method = Crd.withDefaults().withInnerWindow(11).withOuterWindow(17);

        assertThat(auc(file, truth, method)).isEqualTo(auc, Offset.offset(.01));
    }

    /** As above; their rank is 28, too. */
    @ParameterizedTest
    @CsvSource({
        "abu/abu-airport-1.mat, map, .897",
        "abu/abu-beach-1.mat, map, .978",
        "abu/abu-urban-1.mat, map, .994",
        "hydice/HYDICE1_v73.mat, mask, .993"
    })
    void theLowRankBackgroundFindsWhatTheNotesSay(String file, String truth, double auc) throws IOException {
        assertThat(auc(file, truth, Lsmad.withDefaults())).isEqualTo(auc, Offset.offset(.01));
    }

    @Test
    void robustComponentsFindWhatTheNotesSay() throws IOException {
        assertThat(auc("hydice/HYDICE1_v73.mat", "mask", RpcaRx.withDefaults())).isEqualTo(.995, Offset.offset(.01));
    }

    /** Our own figures: global RX has .955. */
    @ParameterizedTest
    @CsvSource({"cluster-rx, .959", "kernel-rx, .972"})
    void severalMaterialsAreAllowedFor(String name, double auc) throws IOException {
        assertThat(mean(aucs(Methods.find(AnomalyDetector.class, name)))).isEqualTo(auc, Offset.offset(2e-3));
    }

    @Slow
    @Test
    void aMixtureAllowsForSeveralMaterials() throws IOException {
        assertThat(mean(aucs(GmmRx.withDefaults()))).isEqualTo(.964, Offset.offset(2e-3));
    }

    @Slow
    @ParameterizedTest
    @CsvSource({
        "abu/abu-airport-1.mat, map, .813",
        "abu/abu-beach-1.mat, map, .975",
        "abu/abu-urban-1.mat, map, .993",
    })
    void robustComponentsFindWhatTheNotesSayOnLargerScenes(String file, String truth, double auc) throws IOException {
        assertThat(auc(file, truth, RpcaRx.withDefaults())).isEqualTo(auc, Offset.offset(.01));
    }

    /** The target of the project for the mean is .97. */
    @Test
    void theDefaultFindsMoreThanGlobalAndLocalDistanceAlone() throws IOException {
        double[] aucs = aucs(AutoAnomaly.withDefaults());

        assertThat(mean(aucs)).isGreaterThan(.97);
        assertThat(aucs).containsExactly(new double[] {.9597, .9800, .9981, .9921, .9980}, Offset.offset(5e-4));
    }
}
