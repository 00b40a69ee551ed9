package org.hsi4j.restoration;

import java.util.Arrays;
import org.hsi4j.linalg.Dense;

/** Orthonormal directions of images in which given components are best found again. */
final class Procrustes {

    private Procrustes() {}

    /** The first unit vectors. */
    static double[][] start(int rank, int images) {
        double[][] directions = new double[rank][images];
        for (int i = 0; i < rank; i++) {
            directions[i][i] = 1;
        }
        return directions;
    }

    /** The inner products of a component and all images. */
    static void products(double[] component, double[][] images, double[] out) {
        for (int a = 0; a < images.length; a++) {
            double[] image = images[a];
            double sum = 0;
            for (int x = 0; x < component.length; x++) {
                sum += component[x] * image[x];
            }
            out[a] = sum;
        }
    }

    /**
     * The orthonormal rows v_i for which the sum over i of v_i' m_i is largest, and so that of ||y - sum of f_i v_i||^2
     * smallest, where m_i are the inner products of component i and the images.
     */
    static double[][] nearest(double[][] products) {
        Dense.Svd svd = Dense.svd(products);
        int rank = products.length;
        int images = products[0].length;
        double[][] directions = new double[rank][images];
        for (int i = 0; i < rank; i++) {
            for (int a = 0; a < images; a++) {
                for (int k = 0; k < svd.values().length; k++) {
                    directions[i][a] += svd.u()[i][k] * svd.v()[a][k];
                }
            }
        }
        return directions;
    }

    /** Largest difference of an entry. */
    static double change(double[][] before, double[][] after) {
        double change = 0;
        for (int i = 0; i < before.length; i++) {
            for (int a = 0; a < before[i].length; a++) {
                change = Math.max(change, Math.abs(before[i][a] - after[i][a]));
            }
        }
        return change;
    }

    /** images[a] = sum over i of components[i] directions[i][a]. */
    static void join(double[][] directions, double[][] components, double[][] images) {
        for (int a = 0; a < images.length; a++) {
            double[] image = images[a];
            Arrays.fill(image, 0);
            for (int i = 0; i < components.length; i++) {
                double w = directions[i][a];
                double[] component = components[i];
                for (int x = 0; x < image.length; x++) {
                    image[x] += w * component[x];
                }
            }
        }
    }

    /** component = sum over a of direction[a] images[a]. */
    static void project(double[] direction, double[][] images, double[] component) {
        Arrays.fill(component, 0);
        for (int a = 0; a < images.length; a++) {
            double w = direction[a];
            double[] image = images[a];
            for (int x = 0; x < component.length; x++) {
                component[x] += w * image[x];
            }
        }
    }
}
