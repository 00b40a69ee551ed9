package org.hsi4j.restoration;

import java.util.ArrayList;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.view.Figure;
import org.hsi4j.view.Illustrated;

/**
 * What {@link AutoRestorer} makes of a scene, and why.
 *
 * @param before the scene as it was
 * @param cube the mended scene
 * @param diagnosis what was wrong
 * @param plan what was done
 * @param invented the samples that were not measured: lost ones that were filled
 * @param diagnostics how the steps went
 */
public record MendedScene(
        Cube before,
        Cube cube,
        Diagnosis diagnosis,
        RestorationPlan plan,
        InventedSamples invented,
        Diagnostics diagnostics)
        implements Illustrated {

    /**
     * What a user should know before trusting the result.
     *
     * @return sentences; none where nothing was invented
     */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (invented.count() > 0) {
            warnings.add(String.format(
                    java.util.Locale.ROOT,
                    "%d samples (%.2g %%) were not measured but filled in",
                    invented.count(),
                    100 * invented.share()));
        }
        if (!diagnosis.missingBands().isEmpty() && !plan.steps().isEmpty()) {
            warnings.add("bands " + diagnosis.missingBands() + " were not measured: they are interpolated");
        }
        int whole = invented.wholePixels().count();
        if (whole > 0) {
            warnings.add(whole + " pixels were invented in all bands");
        }
        if (plan.steps().stream().anyMatch(MendedScene::guesses)) {
            warnings.add("a blur was taken out that wipes out some details wholly: they are guessed");
        }
        return List.copyOf(warnings);
    }

    /** A Gaussian wipes out nothing wholly, and Wiener's filter leaves alone what it nearly did. */
    private static boolean guesses(RestorationPlan.Step step) {
        Restorer restorer = step.restorer() instanceof PresentBands bands ? bands.restorer() : step.restorer();
        return restorer instanceof SubspaceDeblurring deblurring
                && deblurring.kernel().isPresent();
    }

    /**
     * The part that was removed, before less after: noise and stripes, if all went well. Look for structures of the scene in it.
     *
     * @return a cube of the same shape, NaN where either has no sample
     */
    public Cube removed() {
        Cube.Builder builder = Cube.builderLike(cube, cube.bands(), Precision.DOUBLE);
        cube.wavelengths().ifPresent(builder::wavelengths);
        for (int b = 0; b < cube.bands(); b++) {
            double[] rest = before.plane(b);
            double[] after = cube.plane(b);
            for (int i = 0; i < rest.length; i++) {
                rest[i] -= after[i];
            }
            builder.plane(b, rest);
        }
        return builder.provenance("what was removed").build();
    }

    /**
     * Cube and diagnostics alone.
     *
     * @return the restored scene
     */
    public RestoredCube restored() {
        return new RestoredCube(cube, diagnostics);
    }

    @Override
    public List<Figure> figures() {
        return restored().figures(before);
    }
}
