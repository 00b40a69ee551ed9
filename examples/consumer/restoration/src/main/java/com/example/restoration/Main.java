package com.example.restoration;

import org.hsi4j.Cube;
import org.hsi4j.method.Methods;
import org.hsi4j.restoration.FastHyDe;
import org.hsi4j.restoration.Restoring;
import org.hsi4j.simulate.LinearMixingScene;

/** Takes the noise out of a scene. */
public final class Main {
    public static void main(String[] words) {
        Cube noisy = LinearMixingScene.withDefaults().withShape(24, 30).withBands(40).withSnr(20).generate().cube();
        Cube clean = Restoring.of(noisy).with(FastHyDe.withDefaults()).run().cube();
        System.out.println("clean " + clean.bands());
        System.out.println("methods " + Methods.all().size());
    }
}
