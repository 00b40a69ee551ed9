package org.hsi4j.examples.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What published programs, or faithful copies of them, reached on the three degraded scenes of the oracle. */
final class OracleRivals {
    private static final List<String> SCENES = List.of("oracle: gaussian_0_1", "oracle: noniid", "oracle: mixture");

    /** MPSNR on each scene, and seconds on the first. */
    private static final String TABLE = """
            HyRes (HyDe), 32.94, 33.29, 24.36, .31
            FORPDN (HyDe), 31.81, 25.34, 22.18, .32
            WSRRR, rank 10 (HyDe), 35.01, 35.45, 26.24, 2.7
            OTVCA, 6 features, lambda .3 (HyDe), 34.46, 33.67, 25.71, .3
            HyMiNoR (HyDe), 33.63, 35.71, 27.85, 1.5
            FastHyDe, rank 10 (HyDe), 38.16, 37.94, 27.52, 3.0
            L1HyMixDe (HyDe), 34.72, 36.96, 27.65, 25
            whitened SVD, 33.93, 37.81, 23.34, .02
            whitened subspace and wavelets, 37.45, 40.20, 26.05, .03
            whitened subspace and total variation, 36.97, 39.20, 27.29, .05
            whitened subspace and NLM, 36.88, 39.41, 26.33, .14
            whitened subspace and BM3D, 38.37, 40.87, 25.35, 1.2
            NGmeet, rank 5, 39.05, 41.18, 24.97, 6.9
            LRTDTV, 35.42, 36.20, 32.34, 6.2
            RCTV, rank 8, 35.45, 35.99, 31.72, 2.2
            E3DTV, 36.24, 37.33, 32.22, 3.0
            """;

    private OracleRivals() {}

    static List<Published> all() {
        List<Published> all = new ArrayList<>();
        TABLE.lines().forEach(line -> {
            List<String> cells = Arrays.stream(line.split(", ")).toList();
            List<String> numbers = cells.subList(cells.size() - 4, cells.size());
            String method = String.join(", ", cells.subList(0, cells.size() - 4));
            for (int s = 0; s < SCENES.size(); s++) {
                double psnr = Double.parseDouble(numbers.get(s));
                String seconds = s == 0 ? ", " + numbers.get(3) + " s on two cores" : "";
                all.add(new Published(
                        SCENES.get(s),
                        method,
                        Map.of(RestorationScore.PSNR, psnr),
                        "public program or faithful copy" + seconds));
            }
        });
        return List.copyOf(all);
    }
}
