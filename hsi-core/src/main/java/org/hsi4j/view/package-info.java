/**
 * Pictures of scenes and results, and one HTML file that holds them together.
 *
 * <p>Every picture is a {@link org.hsi4j.view.Picture}: made by a static {@code of}, changed by {@code withXxx}, drawn by
 * {@link org.hsi4j.view.Picture#image()} and written by {@link org.hsi4j.view.Picture#writePng}. Drawing needs no display. The
 * same input gives the same bytes on the same machine; between machines only the lettering can differ, with their fonts.
 *
 * <p><b>Who draws what.</b> A result of a science module is {@link org.hsi4j.view.Illustrated} and hands out its pictures
 * itself. What lies below this package cannot know it, so it is drawn by an {@code of}:
 *
 * <ul>
 *   <li>{@code Cube}: {@link org.hsi4j.view.QuickLook}, its regions by {@link org.hsi4j.view.SpreadPlot}, two of them by
 *       {@link org.hsi4j.view.ComparisonPanel}, any of its components by {@link org.hsi4j.view.QuickLook#ofComponents}
 *   <li>{@code ScoreMap} (scores, residuals, p-values): {@link org.hsi4j.view.MapPicture}; {@code AbundanceMaps}:
 *       {@link org.hsi4j.view.AbundancePanel}; {@code Mask}: outlined by {@code withMarks} on one of these
 *   <li>{@code Spectrum}, {@code Endmembers}, {@code SpectralLibrary}, {@code SnrReport}: {@link org.hsi4j.view.SpectraPlot};
 *       endmembers beside a library: {@link org.hsi4j.view.MatchPlot}
 *   <li>{@code Roc}: {@link org.hsi4j.view.RocPlot}; {@code PrecisionRecall}: {@link org.hsi4j.view.PrecisionRecallPlot};
 *       {@code DimensionEstimate}: {@link org.hsi4j.view.DimensionPlot}
 *   <li>figures of merit against a parameter: {@link org.hsi4j.view.TrendPlot}
 * </ul>
 *
 * <p><b>Fonts.</b> Lettering uses the JVM's logical sans-serif font. On a machine without any font (a bare container) every
 * picture is still made, without its lettering, and the log says so once.
 *
 * <p><b>Invalid pixels</b> are hatched in two light greys, which no colour map contains.
 */
@NullMarked
package org.hsi4j.view;

import org.jspecify.annotations.NullMarked;
