package org.hsi4j.view;

import java.awt.image.BufferedImage;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.hsi4j.AbundanceMaps;

/**
 * The abundance maps of a scene side by side, all on the scale from 0 to 1, each under the name of its endmember.
 *
 * <p>Abundances below 0 or above 1 (solvers without ANC or ASC) get the colour of the end, and the note says how far they
 * reach. Invalid pixels are hatched in light grey. Of more than 24 endmembers those with the greatest mean abundance are
 * shown, in their own order, and the title says so. Each map is thinned out or enlarged to a longer side of 240 to 480
 * pixels. Immutable and thread-safe.
 *
 * <pre>{@code
 * AbundancePanel.of(abundances).writePng(Path.of("abundances.png"));
 * }</pre>
 */
public final class AbundancePanel implements Picture {
    private static final ValueRange UNIT = new ValueRange(0, 1);
    private static final double ONE_COLOR = 1.0 / 256;

    private final AbundanceMaps maps;
    private final ColorMap colors;
    private final int most;

    private AbundancePanel(AbundanceMaps maps, ColorMap colors, int most) {
        this.maps = maps;
        this.colors = colors;
        this.most = most;
    }

    /**
     * A picture of abundance maps in sequential colours.
     *
     * @param maps the maps
     * @return the picture, not drawn yet
     */
    public static AbundancePanel of(AbundanceMaps maps) {
        return new AbundancePanel(Objects.requireNonNull(maps, "maps"), ColorMap.sequential(), 24);
    }

    /**
     * Other colours; {@link ColorMap#sequential()} by default.
     *
     * @param newColors the colours
     * @return new picture
     */
    public AbundancePanel withColorMap(ColorMap newColors) {
        return new AbundancePanel(maps, Objects.requireNonNull(newColors, "newColors"), most);
    }

    /**
     * The largest number of maps that are shown.
     *
     * @param count at least one; 24 by default
     * @return new picture
     * @throws IllegalArgumentException if the number is smaller than one
     */
    public AbundancePanel withMaximumMaps(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one map must be shown, not " + count);
        }
        return new AbundancePanel(maps, colors, count);
    }

    /**
     * The endmembers whose maps are shown.
     *
     * @return their indices, rising
     */
    public List<Integer> shown() {
        if (maps.count() <= most) {
            return IntStream.range(0, maps.count()).boxed().toList();
        }
        double[] means =
                IntStream.range(0, maps.count()).mapToDouble(this::mean).toArray();
        return IntStream.range(0, maps.count())
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -means[k]))
                .limit(most)
                .sorted()
                .toList();
    }

    private double mean(int k) {
        DoubleBuffer map = maps.asBuffer(k);
        return IntStream.range(0, maps.pixels())
                .mapToDouble(map::get)
                .filter(v -> !Double.isNaN(v))
                .average()
                .orElse(0);
    }

    @Override
    public String description() {
        List<String> names = shown().stream().map(maps.names()::get).toList();
        return "Abundance maps from 0 to 1 of " + String.join(", ", names)
                + (names.size() < maps.count() ? " (" + names.size() + " of " + maps.count() + ")" : "");
    }

    @Override
    public BufferedImage image() {
        return draw(Lettering.available());
    }

    BufferedImage draw(boolean letters) {
        Scaling scaling = Scaling.fit(maps.rows(), maps.columns(), 240, 480);
        List<Integer> shown = shown();
        List<Sheet.Cell> cells = new ArrayList<>();
        for (int k : shown) {
            cells.add(new Sheet.Cell(maps.names().get(k), Drawing.map(maps.asBuffer(k)::get, scaling, colors, UNIT)));
        }
        int columns = columns(cells.size(), (double) scaling.width() / scaling.height());
        String title = shown.size() == maps.count()
                ? "Abundances"
                : "Abundances: the " + shown.size() + " greatest of " + maps.count();
        return new Sheet(columns * scaling.width() / 2, letters)
                .draw(title, cells, columns, new Sheet.Bar(colors, UNIT, ""), notes(scaling));
    }

    /** The number of columns that comes near to a picture half as wide again as high, with few places empty. */
    private static int columns(int count, double shape) {
        int best = 1;
        double least = Double.POSITIVE_INFINITY;
        for (int columns = 1; columns <= count; columns++) {
            int rows = (count + columns - 1) / columns;
            double empty = rows * columns - count;
            double misfit = Math.abs(Math.log(columns * shape / rows / 1.5)) + empty / count;
            if (misfit < least) {
                least = misfit;
                best = columns;
            }
        }
        return best;
    }

    private String notes(Scaling scaling) {
        List<String> notes = new ArrayList<>();
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int k : shown()) {
            DoubleBuffer map = maps.asBuffer(k);
            for (int i = 0; i < maps.pixels(); i++) {
                least = Math.min(least, orElse(map.get(i), least));
                greatest = Math.max(greatest, orElse(map.get(i), greatest));
            }
        }
        if (least < -ONE_COLOR || greatest > 1 + ONE_COLOR) {
            notes.add("values from " + Numbers.text(least) + " to " + Numbers.text(greatest)
                    + ", those beyond 0 and 1 in the colour of the end");
        }
        if (maps.valid().count() < maps.pixels()) {
            notes.add("hatched: no data");
        }
        if (!scaling.note().isEmpty()) {
            notes.add(scaling.note());
        }
        return String.join("; ", notes);
    }

    private static double orElse(double value, double other) {
        return Double.isNaN(value) ? other : value;
    }

    @Override
    public String toString() {
        return description();
    }
}
