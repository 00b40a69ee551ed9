package org.hsi4j.method;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A method with an option of every kind, and with members that look like options but are none. */
public record Polish(
        int maxIterations,
        long seed,
        double tolerance,
        boolean clip,
        String label,
        Finish finish,
        OptionalInt rank,
        OptionalLong limit,
        OptionalDouble weight,
        Optional<Finish> edge)
        implements Method {

    /** How the surface ends up; the constants have bodies, so their classes are not the enum's. */
    public enum Finish {
        /** Dull. */
        MATT {
            @Override
            int gloss() {
                return 0;
            }
        },
        /** Shiny. */
        HIGH_GLOSS {
            @Override
            int gloss() {
                return 9;
            }
        };

        abstract int gloss();
    }

    static Polish withDefaults() {
        return new Polish(
                10,
                1L,
                1e-6,
                false,
                "none",
                Finish.MATT,
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                Optional.empty());
    }

    @Override
    public String name() {
        return "polish";
    }

    @Override
    public String summary() {
        return "Polishes.";
    }

    @Override
    public String reference() {
        return "nobody, 2026";
    }

    @Override
    public String family() {
        return "restoration";
    }

    @Override
    public String role() {
        return "polisher";
    }

    public Polish withMaxIterations(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("at least one iteration is needed, not " + value);
        }
        return new Polish(value, seed, tolerance, clip, label, finish, rank, limit, weight, edge);
    }

    public Polish withSeed(long value) {
        return new Polish(maxIterations, value, tolerance, clip, label, finish, rank, limit, weight, edge);
    }

    public Polish withTolerance(double value) {
        return new Polish(maxIterations, seed, value, clip, label, finish, rank, limit, weight, edge);
    }

    public Polish withClip(boolean value) {
        return new Polish(maxIterations, seed, tolerance, value, label, finish, rank, limit, weight, edge);
    }

    public Polish withLabel(String value) {
        return new Polish(maxIterations, seed, tolerance, clip, value, finish, rank, limit, weight, edge);
    }

    public Polish withFinish(Finish value) {
        return new Polish(maxIterations, seed, tolerance, clip, label, value, rank, limit, weight, edge);
    }

    public Polish withRank(int value) {
        return new Polish(
                maxIterations, seed, tolerance, clip, label, finish, OptionalInt.of(value), limit, weight, edge);
    }

    public Polish withLimit(long value) {
        return new Polish(
                maxIterations, seed, tolerance, clip, label, finish, rank, OptionalLong.of(value), weight, edge);
    }

    public Polish withWeight(double value) {
        return new Polish(
                maxIterations, seed, tolerance, clip, label, finish, rank, limit, OptionalDouble.of(value), edge);
    }

    public Polish withEdge(Finish value) {
        return new Polish(maxIterations, seed, tolerance, clip, label, finish, rank, limit, weight, Optional.of(value));
    }

    // None of these is an option.

    public Polish withTools(Object tool) {
        return this;
    }

    public Polish withBoth(int one, int two) {
        return this;
    }

    public String withText(String text) {
        return text;
    }

    public static Polish withNothing(int nothing) {
        return withDefaults();
    }

    public Polish without(int nothing) {
        return this;
    }

    public Polish with(int nothing) {
        return this;
    }
}
