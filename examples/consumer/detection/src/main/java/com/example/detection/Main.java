package com.example.detection;

import org.hsi4j.detection.Ace;
import org.hsi4j.detection.Detection;
import org.hsi4j.detection.DetectionResult;
import org.hsi4j.method.Methods;
import org.hsi4j.simulate.LinearMixingScene;

/** Finds targets. */
public final class Main {
    public static void main(String[] words) {
        var made = LinearMixingScene.withDefaults().withShape(40, 50).withBands(40).withTargets(5, 0.5, 0.9).generate();
        DetectionResult found =
                Detection.of(made.cube()).target(made.target()).with(Ace.signed()).falseAlarmRate(1e-3).run();
        System.out.println("scores " + found.scores().name());
        System.out.println("methods " + Methods.all().size());
    }
}
