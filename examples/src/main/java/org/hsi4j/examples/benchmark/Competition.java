package org.hsi4j.examples.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hsi4j.run.RunContext;
import org.hsi4j.view.Figure;

/**
 * What a family of methods brings to a survey.
 *
 * @param <S> its scenes
 */
public interface Competition<S> {

    /**
     * The family.
     *
     * @return as methods say it
     */
    String family();

    /**
     * The figures of merit, in the order of the columns.
     *
     * @return the measures
     */
    List<Measure> measures();

    /**
     * How the rows are to be read.
     *
     * @return paragraphs
     */
    List<String> explanation();

    /**
     * The scenes: those found in a folder, and those made here.
     *
     * @param folder where to look, in it and below
     * @return the sources
     * @throws IOException if the folder cannot be read
     */
    List<SceneSource<S>> scenes(Path folder) throws IOException;

    /**
     * Everyone who takes part, made from the table of methods.
     *
     * @return the contestants
     */
    List<Contestant<S>> contestants();

    /**
     * Those who take part in the sweeps, where there are too many scenes for everyone.
     *
     * @return some of the contestants, none unless said otherwise
     */
    default List<Contestant<S>> sweepers() {
        return List.of();
    }

    /**
     * The sweeps of the generator.
     *
     * @return the sweeps, none unless said otherwise
     */
    default List<Sweep<S>> sweeps() {
        return List.of();
    }

    /**
     * The figures that the plots of the sweeps show.
     *
     * @return measures out of {@link #measures()}, one plot each; none unless said otherwise
     */
    default List<Measure> plotted() {
        return List.of();
    }

    /**
     * What others report.
     *
     * @return their figures, none unless said otherwise
     */
    default List<Published> published() {
        return List.of();
    }

    /**
     * Whether the first measure is one of quality, of which more is better, and not of error.
     *
     * @return false unless said otherwise
     */
    default boolean isMoreBetter() {
        return false;
    }

    /**
     * Pictures of what came out on a scene so far.
     *
     * @param scene its name
     * @return figures, which may be none
     */
    default List<Figure> figures(String scene) {
        return List.of();
    }

    /**
     * What a reader wants to know before the tables of the scenes.
     *
     * @param entries all rows, in the order of the scenes
     * @return tables, none unless said otherwise
     */
    default List<Study> summary(List<Entry> entries) {
        return List.of();
    }

    /**
     * Runs what else there is to be told of the family.
     *
     * @param context seed, threads and cancellation
     * @return tables, which may be none
     */
    default List<Study> studies(RunContext context) {
        return List.of();
    }
}
