package org.hsi4j.simulate;

/**
 * How the parts of a pixel make its value in one band. A part is v<sub>k</sub> = a<sub>k</sub> m<sub>k</sub>, the abundance of an
 * endmember times its reflectance. A caller's own model plugs in beside those given here.
 */
@FunctionalInterface
public interface Mixing {

    /**
     * Mixes.
     *
     * @param parts v, one an endmember; not to be changed or kept
     * @return the value of the pixel in this band
     */
    double mix(double[] parts);

    /** The linear model, &Sigma; v<sub>k</sub>. */
    Mixing LINEAR = Mixing::sum;

    private static double sum(double[] parts) {
        double sum = 0;
        for (double part : parts) {
            sum += part;
        }
        return sum;
    }

    /**
     * Light that meets two materials: &Sigma; v<sub>k</sub> + &gamma; &Sigma;<sub>i&lt;j</sub> v<sub>i</sub> v<sub>j</sub>.
     * &gamma; = 1 is the model of Fan et al., "Comparative study between a new nonlinear model and common linear model",
     * Remote Sensing of Environment 113, 2009; less is the generalised bilinear model of Halimi et al., IEEE TGRS 49(11), 2011,
     * with one &gamma; for all pairs.
     *
     * @param gamma 0 to 1
     */
    record Bilinear(double gamma) implements Mixing {

        /**
         * Checks the number.
         *
         * @throws IllegalArgumentException if it is out of its range
         */
        public Bilinear {
            if (!(gamma >= 0 && gamma <= 1)) {
                throw new IllegalArgumentException("the bilinear coefficient is 0 to 1, not " + gamma);
            }
        }

        @Override
        public double mix(double[] parts) {
            double sum = 0;
            double pairs = 0;
            for (double part : parts) {
                pairs += sum * part;
                sum += part;
            }
            return sum + gamma * pairs;
        }
    }

    /**
     * Light that meets one material after the other, each time with the probability P: (1 - P) x / (1 - P x) with x = &Sigma;
     * v<sub>k</sub> (Heylen and Scheunders, "A multilinear mixing model for nonlinear spectral unmixing", IEEE TGRS 54(1),
     * 2016).
     *
     * @param probability P, from 0 (linear) to less than 1
     */
    record Multilinear(double probability) implements Mixing {

        /**
         * Checks the number.
         *
         * @throws IllegalArgumentException if it is out of its range
         */
        public Multilinear {
            if (!(probability >= 0 && probability < 1)) {
                throw new IllegalArgumentException(
                        "the probability of further interactions is 0 to less than 1, not " + probability);
            }
        }

        @Override
        public double mix(double[] parts) {
            double x = sum(parts);
            return (1 - probability) * x / (1 - probability * x);
        }
    }
}
