package org.hsi4j.restoration;

import java.util.Arrays;

/** A sparse matrix that is applied to the lines of planes. Immutable and thread-safe. */
final class LineOperator {
    private final int inputs;
    private final int[] start;
    private final int[] at;
    private final double[] weight;

    private LineOperator(int inputs, int[] start, int[] at, double[] weight) {
        this.inputs = inputs;
        this.start = start;
        this.at = at;
        this.weight = weight;
    }

    /** What an output weighs the input at a distance from its centre with. */
    interface Profile {
        double at(double distance);
    }

    /**
     * Weighted means: output i is centred on first + i step, reaches that far to both sides, and has weights that sum to one.
     * The line is mirrored at its border, the border itself being the mirror.
     */
    static LineOperator means(int outputs, int inputs, double first, double step, double reach, Profile profile) {
        int most = 2 * (int) Math.ceil(reach) + 2;
        int[] start = new int[outputs + 1];
        int[] at = new int[outputs * most];
        double[] weight = new double[at.length];
        double[] line = new double[inputs];
        for (int i = 0; i < outputs; i++) {
            double centre = first + i * step;
            double sum = 0;
            for (int j = (int) Math.ceil(centre - reach); j <= centre + reach; j++) {
                double w = profile.at(j - centre);
                line[Planes.mirrored(j, inputs)] += w;
                sum += w;
            }
            int end = start[i];
            for (int j = 0; j < inputs; j++) {
                if (line[j] != 0) {
                    at[end] = j;
                    weight[end++] = line[j] / sum;
                    line[j] = 0;
                }
            }
            start[i + 1] = end;
        }
        return new LineOperator(
                inputs, start, Arrays.copyOf(at, start[outputs]), Arrays.copyOf(weight, start[outputs]));
    }

    /** A matrix of which every entry counts. */
    static LineOperator of(double[][] matrix) {
        int inputs = matrix[0].length;
        int[] start = new int[matrix.length + 1];
        int[] at = new int[matrix.length * inputs];
        double[] weight = new double[at.length];
        for (int i = 0; i < matrix.length; i++) {
            start[i + 1] = (i + 1) * inputs;
            System.arraycopy(matrix[i], 0, weight, start[i], inputs);
            for (int j = 0; j < inputs; j++) {
                at[start[i] + j] = j;
            }
        }
        return new LineOperator(inputs, start, at, weight);
    }

    int outputs() {
        return start.length - 1;
    }

    LineOperator transposed() {
        int[] from = new int[inputs + 1];
        for (int j : at) {
            from[j + 1]++;
        }
        for (int j = 0; j < inputs; j++) {
            from[j + 1] += from[j];
        }
        int[] next = from.clone();
        int[] output = new int[at.length];
        double[] turned = new double[at.length];
        for (int i = 0; i < outputs(); i++) {
            for (int e = start[i]; e < start[i + 1]; e++) {
                output[next[at[e]]] = i;
                turned[next[at[e]]++] = weight[e];
            }
        }
        return new LineOperator(outputs(), from, output, turned);
    }

    /** The matrix times its transpose. */
    double[][] gram() {
        double[][] dense = new double[outputs()][inputs];
        for (int i = 0; i < outputs(); i++) {
            for (int e = start[i]; e < start[i + 1]; e++) {
                dense[i][at[e]] = weight[e];
            }
        }
        double[][] gram = new double[outputs()][outputs()];
        for (int i = 0; i < outputs(); i++) {
            for (int k = 0; k < outputs(); k++) {
                for (int e = start[i]; e < start[i + 1]; e++) {
                    gram[i][k] += weight[e] * dense[k][at[e]];
                }
            }
        }
        return gram;
    }

    /** Of each row of a plane. */
    double[] alongRows(double[] plane) {
        int rows = plane.length / inputs;
        int outputs = outputs();
        double[] out = new double[rows * outputs];
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < outputs; i++) {
                double sum = 0;
                for (int e = start[i]; e < start[i + 1]; e++) {
                    sum += weight[e] * plane[r * inputs + at[e]];
                }
                out[r * outputs + i] = sum;
            }
        }
        return out;
    }

    /** Of each column of a plane. */
    double[] alongColumns(double[] plane) {
        int columns = plane.length / inputs;
        double[] out = new double[outputs() * columns];
        for (int i = 0; i < outputs(); i++) {
            for (int e = start[i]; e < start[i + 1]; e++) {
                double w = weight[e];
                int from = at[e] * columns;
                for (int c = 0; c < columns; c++) {
                    out[i * columns + c] += w * plane[from + c];
                }
            }
        }
        return out;
    }
}
