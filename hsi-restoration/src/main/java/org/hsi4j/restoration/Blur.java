package org.hsi4j.restoration;

import java.util.Arrays;
import org.hsi4j.ScoreMap;
import org.hsi4j.signal.CosineTransform;
import org.hsi4j.signal.Fourier;

/**
 * Convolution y = A x of planes with a kernel whose sides are odd, and what solves (A'A + diag(m)) x = A'y + m z, m diagonal in frequency.
 *
 * <p>With a kernel that is its own mirror image in rows and in columns, planes are mirrored at their border, the border itself being the
 * mirror, and the cosine transform solves for them at once. With any other, nothing is assumed of what lies beyond the border: planes are
 * {@link #extended} by the reach of the kernel, the margin counts as not seen, and conjugate gradients solve, preconditioned as if it had
 * been. Immutable and thread-safe; a {@link Worker} belongs to one thread.
 */
final class Blur {
    /** Conjugate gradients of a solve; twice as many gain up to one decibel where the noise is 60 dB down or more, and none where it is 40. */
    private static final int ITERATIONS = 30;

    /** Normally distributed, at even steps. */
    private static final double[] CANDIDATES = {-2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5};

    private final int rows;
    private final int columns;
    private final double[][] kernel;
    private final int reachRows;
    private final int reachColumns;
    private final boolean mirrored;

    /** Deviations of Gaussians, each as likely as its weight, one of which is the blur; none where the kernel is known. */
    private final double[] sigmas;

    private Blur(int rows, int columns, double[][] kernel, double[] sigmas) {
        this.rows = rows;
        this.columns = columns;
        this.kernel = kernel;
        this.sigmas = sigmas;
        this.reachRows = kernel.length / 2;
        this.reachColumns = kernel[0].length / 2;
        this.mirrored = isMirrored(kernel);
    }

    static Blur of(int rows, int columns, ScoreMap kernel) {
        if (kernel.rows() > rows || kernel.columns() > columns) {
            throw new IllegalArgumentException("a kernel of " + kernel.rows() + "x" + kernel.columns()
                    + " pixels is larger than the scene of " + rows + "x" + columns);
        }
        double[][] weights = new double[kernel.rows()][kernel.columns()];
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < weights[i].length; j++) {
                weights[i][j] = kernel.value(i, j);
            }
        }
        return new Blur(rows, columns, weights, new double[0]);
    }

    /**
     * A Gaussian whose deviation is normally distributed, cut off at 2.5 of its own. A is its mean then, and A'A that of the squares:
     * what is solved is the mean of the equations, which trusts no frequency at which the Gaussians differ.
     *
     * @param error standard deviation of the deviation as a share of it, at most .4
     */
    static Blur uncertain(int rows, int columns, double sigma, double error) {
        double[] sigmas = new double[CANDIDATES.length];
        for (int k = 0; k < sigmas.length; k++) {
            sigmas[k] = sigma * (1 + error * CANDIDATES[k]);
        }
        return new Blur(rows, columns, new double[][] {{1}}, sigmas);
    }

    /** Mean over the Gaussians that the blur may be, of the transfer function to a power. */
    private double expected(double exponent, double down, double along) {
        double sum = 0;
        double weights = 0;
        for (int k = 0; k < sigmas.length; k++) {
            double weight = Math.exp(-CANDIDATES[k] * CANDIDATES[k] / 2);
            double phase = Math.PI * sigmas[k];
            sum += weight * Math.exp(-2 * exponent * phase * phase * (down * down + along * along));
            weights += weight;
        }
        return sum / weights;
    }

    private static boolean isMirrored(double[][] kernel) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < kernel.length; i++) {
            for (int j = 0; j < kernel[i].length; j++) {
                double w = kernel[i][j];
                largest = Math.max(largest, Math.abs(w));
                difference = Math.max(difference, Math.abs(w - kernel[kernel.length - 1 - i][j]));
                difference = Math.max(difference, Math.abs(w - kernel[i][kernel[i].length - 1 - j]));
            }
        }
        return difference <= 1e-12 * largest;
    }

    /** Squared magnitude of the transfer function at a frequency in cycles a pixel. */
    double power(double down, double along) {
        if (sigmas.length > 0) {
            return expected(2, down, along);
        }
        double re = 0;
        double im = 0;
        for (int i = 0; i < kernel.length; i++) {
            for (int j = 0; j < kernel[i].length; j++) {
                if (kernel[i][j] != 0) {
                    double phase = 2 * Math.PI * ((i - reachRows) * down + (j - reachColumns) * along);
                    re += kernel[i][j] * Math.cos(phase);
                    im += kernel[i][j] * Math.sin(phase);
                }
            }
        }
        return re * re + im * im;
    }

    boolean isMirrored() {
        return mirrored;
    }

    /** Rows of the planes that are solved for. */
    int extendedRows() {
        return mirrored ? rows : rows + 2 * reachRows;
    }

    int extendedColumns() {
        return mirrored ? columns : columns + 2 * reachColumns;
    }

    /** A plane with its margin at its end, in which the mirror images of both ends fade into each other. */
    double[] extended(double[] plane) {
        int wide = extendedColumns();
        double[] result = new double[extendedRows() * wide];
        for (int r = 0; r < extendedRows(); r++) {
            for (int c = 0; c < wide; c++) {
                result[r * wide + c] = faded(plane, r, c);
            }
        }
        return result;
    }

    private double faded(double[] plane, int r, int c) {
        double down = r < rows ? 0 : (r - rows + 0.5) / (2 * reachRows);
        double along = c < columns ? 0 : (c - columns + 0.5) / (2 * reachColumns);
        double upper = (1 - along) * at(plane, r, c) + along * at(plane, r, c - extendedColumns());
        return down == 0
                ? upper
                : (1 - down) * upper
                        + down
                                * ((1 - along) * at(plane, r - extendedRows(), c)
                                        + along * at(plane, r - extendedRows(), c - extendedColumns()));
    }

    private double at(double[] plane, int r, int c) {
        return plane[Planes.mirrored(r, rows) * columns + Planes.mirrored(c, columns)];
    }

    /** A plane without its margin. */
    double[] cropped(double[] extended) {
        double[] result = new double[rows * columns];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(extended, r * extendedColumns(), result, r * columns, columns);
        }
        return result;
    }

    /** Bytes that a worker takes, roughly. */
    long workerBytes() {
        return 8L * Double.BYTES * extendedRows() * extendedColumns();
    }

    Worker worker() {
        return mirrored ? new Mirrored() : new Periodic();
    }

    /** How strongly a frequency is pulled. */
    interface Pull {
        double at(double down, double along);
    }

    /** Solves for planes, one at a time. */
    interface Worker {
        /**
         * The x of (A'A + diag(m)) x = A'y + m z.
         *
         * @param y what was seen, extended
         * @param before where to begin, extended
         * @param z where m pulls to
         * @param m not negative
         */
        double[] solve(double[] y, double[] before, double[] z, Pull m);
    }

    private final class Mirrored implements Worker {
        private final CosineTransform.Worker transform =
                CosineTransform.of(rows, columns).worker();
        private final double[] transfer = sigmas.length > 0 ? expected(1) : transfer();

        /** The squares of the transfer function. */
        private final double[] square = sigmas.length > 0 ? expected(2) : squared(transfer);

        private double[] expected(double exponent) {
            double[] h = new double[rows * columns];
            for (int i = 0; i < h.length; i++) {
                int u = i / columns;
                h[i] = Blur.this.expected(exponent, u / (2.0 * rows), i % columns / (2.0 * columns));
            }
            return h;
        }

        private double[] squared(double[] values) {
            return Arrays.stream(values).map(v -> v * v).toArray();
        }

        private double[] transfer() {
            double[][] half = new double[rows][kernel[0].length];
            for (int u = 0; u < rows; u++) {
                for (int i = 0; i < kernel.length; i++) {
                    double c = Math.cos(Math.PI * u * (i - reachRows) / rows);
                    for (int j = 0; j < kernel[i].length; j++) {
                        half[u][j] += c * kernel[i][j];
                    }
                }
            }
            double[] h = new double[rows * columns];
            for (int v = 0; v < columns; v++) {
                for (int j = 0; j < kernel[0].length; j++) {
                    double c = Math.cos(Math.PI * v * (j - reachColumns) / columns);
                    for (int u = 0; u < rows; u++) {
                        h[u * columns + v] += c * half[u][j];
                    }
                }
            }
            return h;
        }

        @Override
        public double[] solve(double[] y, double[] before, double[] z, Pull m) {
            double[] x = y.clone();
            double[] pull = z.clone();
            transform.forward(x);
            transform.forward(pull);
            for (int i = 0; i < x.length; i++) {
                int u = i / columns;
                double weight = m.at(u / (2.0 * rows), i % columns / (2.0 * columns));
                double bottom = square[i] + weight;
                x[i] = bottom > 0 ? (transfer[i] * x[i] + weight * pull[i]) / bottom : 0;
            }
            transform.inverse(x);
            return x;
        }
    }

    private final class Periodic implements Worker {
        private final int tall = extendedRows();
        private final int wide = extendedColumns();
        private final Fourier fourier = Fourier.of(tall, wide);
        private final Fourier.Worker transform = fourier.worker();
        private final int half = fourier.halfColumns();
        private final double[][] transfer = transfer();
        private final double[][] seen = new double[2][tall * half];
        private final double[][] pull = new double[2][tall * half];
        private final double[] buffer = new double[tall * wide];

        /** Of the kernel with its middle at pixel zero. */
        private double[][] transfer() {
            double[] plane = new double[tall * wide];
            for (int i = 0; i < kernel.length; i++) {
                for (int j = 0; j < kernel[i].length; j++) {
                    plane[Math.floorMod(i - reachRows, tall) * wide + Math.floorMod(j - reachColumns, wide)] +=
                            kernel[i][j];
                }
            }
            double[][] spectrum = new double[2][tall * half];
            transform.forward(plane, spectrum[0], spectrum[1]);
            return spectrum;
        }

        @Override
        public double[] solve(double[] y, double[] before, double[] z, Pull m) {
            double[] pulls = pulls(m);
            double[] x = before.clone();
            double[] rest = new double[x.length];
            double[] direction = new double[x.length];
            double[] turned = new double[x.length];
            double[] moved = new double[x.length];
            masked(y, rest);
            adjoint(rest, z, pulls, rest);
            system(x, pulls, moved);
            Planes.add(rest, -1, moved);
            double last = 0;
            for (int n = 0; n < ITERATIONS; n++) {
                divided(rest, pulls, turned);
                double product = dot(rest, turned);
                if (!(product > 0)) {
                    break;
                }
                for (int i = 0; i < direction.length; i++) {
                    direction[i] = turned[i] + (n == 0 ? 0 : product / last * direction[i]);
                }
                system(direction, pulls, moved);
                double step = product / dot(direction, moved);
                Planes.add(x, step, direction);
                Planes.add(rest, -step, moved);
                last = product;
            }
            return x;
        }

        private double[] pulls(Pull m) {
            double[] pulls = new double[tall * half];
            for (int i = 0; i < pulls.length; i++) {
                int u = i / half;
                pulls[i] = m.at(Math.min(u, tall - u) / (double) tall, i % half / (double) wide);
            }
            return pulls;
        }

        /** What was seen, zero in the margin. */
        private void masked(double[] plane, double[] out) {
            Arrays.fill(out, 0);
            for (int r = 0; r < rows; r++) {
                System.arraycopy(plane, r * wide, out, r * wide, columns);
            }
        }

        /** (A'A + diag(m)) x, A being the convolution without the margin. */
        private void system(double[] x, double[] pulls, double[] out) {
            transform.forward(x, seen[0], seen[1]);
            for (int i = 0; i < pulls.length; i++) {
                double re = transfer[0][i] * seen[0][i] - transfer[1][i] * seen[1][i];
                seen[1][i] = transfer[0][i] * seen[1][i] + transfer[1][i] * seen[0][i];
                seen[0][i] = re;
            }
            transform.inverse(seen[0], seen[1], buffer);
            masked(buffer, out);
            adjoint(out, x, pulls, out);
        }

        /** C'y + diag(m) z. */
        private void adjoint(double[] y, double[] z, double[] pulls, double[] out) {
            transform.forward(z, pull[0], pull[1]);
            transform.forward(y, seen[0], seen[1]);
            for (int i = 0; i < pulls.length; i++) {
                double re = transfer[0][i] * seen[0][i] + transfer[1][i] * seen[1][i];
                seen[1][i] = transfer[0][i] * seen[1][i] - transfer[1][i] * seen[0][i] + pulls[i] * pull[1][i];
                seen[0][i] = re + pulls[i] * pull[0][i];
            }
            transform.inverse(seen[0], seen[1], out);
        }

        /** The preconditioner: as if the margin had been seen. */
        private void divided(double[] x, double[] pulls, double[] out) {
            transform.forward(x, seen[0], seen[1]);
            for (int i = 0; i < pulls.length; i++) {
                double bottom = transfer[0][i] * transfer[0][i] + transfer[1][i] * transfer[1][i] + pulls[i];
                seen[0][i] = bottom > 0 ? seen[0][i] / bottom : 0;
                seen[1][i] = bottom > 0 ? seen[1][i] / bottom : 0;
            }
            transform.inverse(seen[0], seen[1], out);
        }
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
