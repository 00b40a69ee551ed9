package org.hsi4j.examples.benchmark;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * By how many decibels each task of the universal benchmark is better than its input at least, on the clean scenes oracle and pavia, and who does it: `auto`
 * where the diagnosis finds it out, else a method that is told.
 */
final class RestorationMargins {

    private record Margin(String method, double decibels) {}

    private static final Set<String> SCENES = Set.of("oracle", "pavia");

    private static final Map<String, Margin> MARGINS = Map.ofEntries(
            Map.entry("Gaussian noise .1", new Margin("auto", 12)),
            Map.entry("complex noise", new Margin("auto", 15)),
            Map.entry("Poisson noise of 10 photons", new Margin("auto", 13)),
            Map.entry("inpainting 70 %", new Margin("auto", 15)),
            Map.entry("inpainting 80 %", new Margin("auto", 15)),
            Map.entry("inpainting 90 %", new Margin("auto", 10)),
            Map.entry("missing bands 10 %", new Margin("auto", 25)),
            Map.entry("missing bands 20 %", new Margin("auto", 25)),
            Map.entry("missing bands 30 %", new Margin("auto", 25)),
            Map.entry("Gaussian blur", new Margin("auto", 2)),
            Map.entry("motion blur", new Margin("auto", 3)),
            Map.entry("super-resolution x2", new Margin("subspace-total-variation-super-resolution", 1)),
            Map.entry("super-resolution x4", new Margin("subspace-total-variation-super-resolution", 1)),
            Map.entry("super-resolution x8", new Margin("subspace-total-variation-super-resolution", 1)),
            Map.entry("haze", new Margin("dark-object-dehazing", 3)));

    private RestorationMargins() {}

    /** Empty where nothing is promised. */
    static OptionalDouble of(String scene, String method) {
        String[] parts = scene.split(": ", -1);
        Margin margin = parts.length == 2 && SCENES.contains(parts[0]) ? MARGINS.get(parts[1]) : null;
        return margin == null || !margin.method().equals(method)
                ? OptionalDouble.empty()
                : OptionalDouble.of(margin.decibels());
    }
}
