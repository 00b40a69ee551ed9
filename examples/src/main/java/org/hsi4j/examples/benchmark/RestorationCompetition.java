package org.hsi4j.examples.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The survey of restoration: clean scenes, degraded in the ways of the universal benchmark, pairs of scenes to be fused, and every method that mends or
 * fuses scenes.
 */
public final class RestorationCompetition implements Competition<RestorationScene> {

    /** Nothing to be set. */
    public RestorationCompetition() {}

    @Override
    public String family() {
        return "restoration";
    }

    @Override
    public List<Measure> measures() {
        return RestorationScore.ALL;
    }

    @Override
    public List<String> explanation() {
        return List.of(
                "One set of options, the defaults, for all scenes; no method sees the truth. Clean scenes are divided by their peak, and"
                        + " the degradations are those of `org.hsi4j.simulate` with their defaults and seed 1 where nothing else is"
                        + " said. The truth of a real scene (pavia, reno, samson) is the scene as it is, with the little noise it holds"
                        + " (46 to 52 dB), which bounds what can be reached; one of low rank would favour methods that assume it. Of large"
                        + " scenes the middle is used, a million samples at most.",
                "`input` is the degraded scene, large pixels repeated; `auto` is told nothing; inpainters are told which samples are lost,"
                        + " deblurrers the kernel, super-resolvers the factor, and haze comes with wavelengths of 400 to 1000 nm where the scene has none. Missing bands are scored on these bands only. 150 dB stand for"
                        + " no error at all.",
                "Of the nine tasks of the universal benchmark, `auto` finds out seven by itself; the size of pixels and haze are mended by"
                        + " those who are told alone. What is promised of each task stands in the column `margin dB`, in the row of the method that keeps it.",
                "Fusion: methods are given a scene of many bands and a sharper one of few, and find out blur, shift and responses by themselves;"
                        + " those that make smaller pixels from the first scene alone stand beside them. Where no truth is known, a result can"
                        + " only be held against both scenes it was made of (`seen coarse`, `seen sharp`): each is easily met alone, a good result"
                        + " meets both. By Wald's protocol both scenes are made coarser, and the first as it was is the truth.",
                "What other programs reach on the three degraded scenes that come with the oracle stands behind the tables of the scenes.");
    }

    @Override
    public List<Published> published() {
        return OracleRivals.all();
    }

    @Override
    public boolean isMoreBetter() {
        return true;
    }

    @Override
    public List<Study> summary(List<Entry> entries) {
        return RestorationSummary.of(entries);
    }

    @Override
    public List<SceneSource<RestorationScene>> scenes(Path folder) throws IOException {
        return RestorationScenes.in(folder);
    }

    @Override
    public List<Contestant<RestorationScene>> contestants() {
        return RestorationContestants.all();
    }
}
