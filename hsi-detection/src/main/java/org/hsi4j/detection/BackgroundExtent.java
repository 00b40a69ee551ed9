package org.hsi4j.detection;

/** What a detector's background is taken from. */
public enum BackgroundExtent {
    /** The whole scene: {@link SceneBackground}. */
    SCENE,
    /**
     * The column of the pixel: {@link ColumnBackground}. For push-broom sensors, each of whose columns has a detector of its own; the
     * scene must not be map-projected. What shrinks the covariances then is the rule of that class.
     */
    COLUMNS
}
