package com.example.all;

import org.hsi4j.Cube;
import org.hsi4j.detection.Detection;
import org.hsi4j.detection.Rx;
import org.hsi4j.method.Methods;
import org.hsi4j.restoration.Restoring;
import org.hsi4j.simulate.LinearMixingScene;
import org.hsi4j.unmixing.Unmixing;

/** Everything at once. */
public final class Main {
    public static void main(String[] words) {
        Cube scene = LinearMixingScene.withDefaults().withShape(24, 30).withBands(40).withEndmemberCount(3).generate().cube();
        Cube clean = Restoring.of(scene).automatically().run().cube();
        System.out.println("abundances " + Unmixing.of(clean).endmembers(3).run().abundances().count());
        System.out.println("scores " + Detection.of(clean).with(Rx.withDefaults()).run().scores().name());
        System.out.println("methods " + Methods.all().size());
    }
}
