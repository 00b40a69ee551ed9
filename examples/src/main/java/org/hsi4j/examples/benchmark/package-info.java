/**
 * Surveys: methods x scenes x seeds, scored against the truth and written as tables and plots.
 *
 * <p>{@link org.hsi4j.examples.benchmark.Survey} runs {@link org.hsi4j.examples.benchmark.Contestant}s on the scenes that a
 * {@link org.hsi4j.examples.benchmark.SceneSource} makes; {@link org.hsi4j.examples.benchmark.SurveyReport} writes what came out. What
 * belongs to a family of methods (its scenes, its contestants, its scores, its sweeps) is a
 * {@link org.hsi4j.examples.benchmark.Competition}; another family needs another one of these and nothing else.
 */
@NullMarked
package org.hsi4j.examples.benchmark;

import org.jspecify.annotations.NullMarked;
