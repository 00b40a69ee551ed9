package com.example.unmixing;

import org.hsi4j.method.Methods;
import org.hsi4j.simulate.LinearMixingScene;
import org.hsi4j.unmixing.Fcls;
import org.hsi4j.unmixing.Unmixing;
import org.hsi4j.unmixing.UnmixingResult;
import org.hsi4j.unmixing.Vca;

/** Unmixes a scene of three materials. */
public final class Main {
    public static void main(String[] words) {
        var made = LinearMixingScene.withDefaults().withShape(24, 30).withBands(40).withEndmemberCount(3).generate();
        UnmixingResult result = Unmixing.of(made.cube())
                .endmembers(3)
                .extract(Vca.withDefaults().withSeed(7))
                .abundances(Fcls.withDefaults())
                .run();
        System.out.println("abundances " + result.abundances().count());
        System.out.println("methods " + Methods.all().size());
    }
}
