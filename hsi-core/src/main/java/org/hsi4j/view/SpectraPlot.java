package org.hsi4j.view;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hsi4j.Endmembers;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.stats.SnrReport;

/**
 * Spectra as lines against the wavelength, with a legend.
 *
 * <p>The axis is the wavelength in nanometres when every spectrum has wavelengths, which need not be the same, and else the
 * number of the band from zero. A line goes through its bands in the order of their wavelengths; it has a gap where a value is
 * missing (NaN), and where a spectrum of 20 bands or more leaves out so many that a step is more than four times the usual
 * one (the water bands that were dropped). Of more than 30 spectra the first 30 are drawn and the title says so. Spectra without a name are
 * called by their number, from one. On a machine without fonts the lines are drawn in a frame without axes and legend. Immutable and thread-safe.
 *
 * <pre>{@code
 * SpectraPlot.of(endmembers).withTitle("Endmembers").withValueLabel("reflectance").writePng(Path.of("endmembers.png"));
 * }</pre>
 */
public final class SpectraPlot implements Picture {
    private static final int LONGEST_NAME = 36;

    private final List<Spectrum> spectra;
    private final String title;
    private final String valueLabel;
    private final int width;
    private final int height;
    private final int most;

    private SpectraPlot(List<Spectrum> spectra, String title, String valueLabel, int width, int height, int most) {
        this.spectra = spectra;
        this.title = title;
        this.valueLabel = valueLabel;
        this.width = width;
        this.height = height;
        this.most = most;
    }

    /**
     * A plot of spectra, which may have different bands.
     *
     * @param spectra at least one
     * @return the plot, not drawn yet
     * @throws IllegalArgumentException if there is none
     */
    public static SpectraPlot of(List<Spectrum> spectra) {
        if (spectra.isEmpty()) {
            throw new IllegalArgumentException("there is no spectrum to plot");
        }
        return new SpectraPlot(List.copyOf(spectra), "Spectra", "value", 1000, 560, 30);
    }

    /**
     * A plot of endmembers.
     *
     * @param endmembers the spectra
     * @return the plot, not drawn yet
     */
    public static SpectraPlot of(Endmembers endmembers) {
        return of(endmembers.spectra()).withTitle("Endmembers");
    }

    /**
     * A plot of a library.
     *
     * @param library the spectra
     * @return the plot, not drawn yet
     */
    public static SpectraPlot of(SpectralLibrary library) {
        List<Spectrum> all = new ArrayList<>();
        library.forEach(all::add);
        return of(all).withTitle("Spectral library");
    }

    /**
     * The signal-to-noise ratio of each band in decibel; bands without noise or without anything are gaps.
     *
     * @param report the ratios
     * @param wavelengths those of its bands; empty when unknown
     * @return the plot, not drawn yet
     * @throws IllegalArgumentException if the number of wavelengths is not that of the bands
     */
    public static SpectraPlot of(SnrReport report, Optional<Wavelengths> wavelengths) {
        double[] decibels =
                IntStream.range(0, report.bands()).mapToDouble(report::decibels).toArray();
        return ofBands("signal-to-noise ratio", decibels, wavelengths)
                .withTitle("Signal-to-noise ratio")
                .withValueLabel("dB");
    }

    private static SpectraPlot ofBands(String name, double[] values, Optional<Wavelengths> wavelengths) {
        Spectrum line = Spectrum.of(DoubleStream.of(values)
                        .map(v -> Double.isFinite(v) ? v : Double.NaN)
                        .toArray())
                .named(name);
        return of(List.of(wavelengths.map(line::withWavelengths).orElse(line)));
    }

    /**
     * Another title.
     *
     * @param newTitle the title; {@code Spectra}, {@code Endmembers} or {@code Spectral library} by default
     * @return new plot
     */
    public SpectraPlot withTitle(String newTitle) {
        return new SpectraPlot(spectra, Objects.requireNonNull(newTitle, "newTitle"), valueLabel, width, height, most);
    }

    /**
     * What the values are.
     *
     * @param label written along the upright axis; {@code value} by default
     * @return new plot
     */
    public SpectraPlot withValueLabel(String label) {
        return new SpectraPlot(spectra, title, Objects.requireNonNull(label, "label"), width, height, most);
    }

    /**
     * Another size. A plot grows in height when its legend needs it.
     *
     * @param newWidth in pixels, at least 300; 1000 by default
     * @param newHeight in pixels, at least 200; 560 by default
     * @return new plot
     * @throws IllegalArgumentException if a side is too short or longer than 10000
     */
    public SpectraPlot withSize(int newWidth, int newHeight) {
        LineChart.checkSize(newWidth, newHeight);
        return new SpectraPlot(spectra, title, valueLabel, newWidth, newHeight, most);
    }

    /**
     * The largest number of spectra that are drawn.
     *
     * @param count at least one; 30 by default
     * @return new plot
     * @throws IllegalArgumentException if the number is smaller than one
     */
    public SpectraPlot withMaximumSpectra(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one spectrum must be drawn, not " + count);
        }
        return new SpectraPlot(spectra, title, valueLabel, width, height, count);
    }

    @Override
    public String description() {
        return heading() + ": " + String.join(", ", names()) + "; " + valueLabel + " against " + axis();
    }

    private String heading() {
        String what = title.isEmpty() ? "Spectra" : title;
        return spectra.size() <= most ? what : what + " (the first " + most + " of " + spectra.size() + ")";
    }

    private String axis() {
        return overWavelength() ? "wavelength (nm)" : "band";
    }

    private boolean overWavelength() {
        return spectra.stream().allMatch(s -> s.wavelengths().isPresent());
    }

    /** One name a drawn spectrum, no two the same. */
    private List<String> names() {
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int k = 0; k < Math.min(most, spectra.size()); k++) {
            String own = spectra.get(k).name().strip();
            String base = own.isEmpty() ? "spectrum " + (k + 1) : LineChart.shorten(own, LONGEST_NAME);
            String name = base;
            for (int i = 2; !taken.add(name); i++) {
                name = base + " (" + i + ")";
            }
            names.add(name);
        }
        return names;
    }

    @Override
    public BufferedImage image() {
        return draw(Lettering.available());
    }

    BufferedImage draw(boolean letters) {
        List<String> names = names();
        boolean overWavelength = overWavelength();
        List<Curve> lines = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            lines.add(Curve.of(names.get(k), spectra.get(k), overWavelength, k));
        }
        return LineChart.of(heading(), axis(), valueLabel, width, height).draw(lines, letters);
    }

    @Override
    public String toString() {
        return description();
    }
}
