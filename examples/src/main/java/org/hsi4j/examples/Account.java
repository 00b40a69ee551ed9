package org.hsi4j.examples;

import java.nio.file.Path;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.method.Method;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.view.HtmlReport;

/**
 * How a result came about, which every report ends with.
 *
 * @param methods the methods with their options
 * @param context how they ran
 * @param inputs the files that were read; one that is named twice counts once
 */
record Account(List<Method> methods, RunContext context, List<Path> inputs) {

    Account {
        inputs = inputs.stream().distinct().toList();
    }

    /** Adds the scene, the methods, the run and the files. */
    HtmlReport addTo(HtmlReport page, Cube scene, Diagnostics diagnostics) {
        HtmlReport report = page.section("The scene").overview(scene, context).section("How it was done");
        for (Method method : methods) {
            report = report.method(method);
        }
        return report.diagnostics("How it went", diagnostics).provenance(context, inputs);
    }
}
