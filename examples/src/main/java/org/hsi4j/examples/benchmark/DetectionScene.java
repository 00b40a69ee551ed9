package org.hsi4j.examples.benchmark;

import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Spectrum;
import org.hsi4j.metrics.ObjectMap;

/**
 * What detectors are scored on: one image or several, and what is sought in them.
 *
 * @param name its name in the table
 * @param searches what is sought: a search for each known target, and one without a target for anomalies
 */
public record DetectionScene(String name, List<Search> searches) {

    /** Copies the list. */
    public DetectionScene {
        searches = List.copyOf(searches);
    }

    /**
     * Something that is sought in some images.
     *
     * @param sought the spectra of the target, none where anomalies are sought
     * @param training images in which the threshold of objects may be chosen; may be none
     * @param images those that count
     */
    public record Search(List<Spectrum> sought, List<Image> training, List<Image> images) {

        /** Copies the lists. */
        public Search {
            sought = List.copyOf(sought);
            training = List.copyOf(training);
            images = List.copyOf(images);
        }

        /** Whether a target is known. */
        boolean isTargeted() {
            return !sought.isEmpty();
        }

        /** Whether there is something to be found in the images that count. */
        boolean isPossible() {
            return images.stream().anyMatch(image -> image.objects().count() > 0);
        }
    }

    /**
     * An image.
     *
     * @param cube what is seen
     * @param truth the pixels to be found
     * @param objects the objects they make
     */
    public record Image(Cube cube, Mask truth, ObjectMap objects) {}
}
