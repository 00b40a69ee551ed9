package org.hsi4j.examples.benchmark;

import java.util.List;

/**
 * A figure over several runs.
 *
 * @param mean its mean
 * @param deviation its standard deviation over these runs alone (divided by their number, as Zhu's survey has it)
 * @param runs number of runs
 */
public record Spread(double mean, double deviation, int runs) {

    /**
     * Of the values of the runs.
     *
     * @param values at least one
     * @return mean and population standard deviation
     * @throws IllegalArgumentException if there is none
     */
    public static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("there is no value");
        }
        double mean = values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
        double squares = values.stream()
                .mapToDouble(v -> (v - mean) * (v - mean))
                .average()
                .orElse(Double.NaN);
        return new Spread(mean, Math.sqrt(squares), values.size());
    }
}
