package org.hsi4j.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Spectrum;

/** A scene without its bad bands, and what is needed to bring other things into the same bands. */
final class Scene {
    private final Cube whole;
    private final Cube cube;
    private final int[] kept;

    private Scene(Cube whole, Cube cube, int[] kept) {
        this.whole = whole;
        this.cube = cube;
        this.kept = kept;
    }

    /** Without the bands that are marked bad, unless they shall stay. */
    static Scene of(Cube whole, boolean keepBadBands) {
        int[] kept = IntStream.range(0, whole.bands())
                .filter(b -> keepBadBands || whole.isGoodBand(b))
                .toArray();
        return new Scene(whole, keepBadBands ? whole : whole.dropBadBands(), kept);
    }

    /** The scene as the methods see it. */
    Cube cube() {
        return cube;
    }

    /** The scene with all bands of its file. */
    Cube whole() {
        return whole;
    }

    /** Whether something with a number of bands fits the scene, before or after the bad ones are dropped. */
    boolean fits(int bands) {
        return bands == cube.bands() || bands == whole.bands();
    }

    /** A spectrum in the bands of the scene; unchanged when it has another number of bands than the file. */
    Spectrum inItsBands(Spectrum spectrum) {
        return mustDrop(spectrum.bands()) ? spectrum.select(kept) : spectrum;
    }

    /** Endmembers in the bands of the scene. */
    Endmembers inItsBands(Endmembers endmembers) {
        List<Spectrum> spectra = new ArrayList<>();
        for (int k = 0; k < endmembers.count(); k++) {
            spectra.add(inItsBands(endmembers.get(k)));
        }
        return Endmembers.of(spectra);
    }

    /** A cube in the bands of the scene. */
    Cube inItsBands(Cube other) {
        return mustDrop(other.bands()) ? other.selectBands(kept) : other;
    }

    private boolean mustDrop(int bands) {
        return bands != cube.bands() && bands == whole.bands();
    }

    /** What every command says of the scene. */
    void describe(Facts facts) {
        facts.put("rows", cube.rows())
                .put("columns", cube.columns())
                .put("bands", cube.bands())
                .put("bad_bands_dropped", whole.bands() - cube.bands())
                .put("pixels", cube.pixels())
                .put("valid_pixels", cube.validMask().count());
    }
}
