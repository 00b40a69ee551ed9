package org.hsi4j.examples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Writes the site, the Javadoc of all modules included: {@code SiteProgram ROOT OUT}. The README has the command. */
public final class SiteProgram {
    /** Modules that users stand on; hsi-nd4j is left out, as its sources need ND4J. */
    private static final String MODULES = "hsi-(?!benchmarks|nd4j).*";

    private SiteProgram() {}

    /**
     * Runs.
     *
     * @param args root of the project, folder to be filled
     * @throws IOException if a page cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]).toAbsolutePath().normalize();
        Path out = Path.of(args[1]).toAbsolutePath().normalize();
        new Site(root, out, true).write();
        writeJavadoc(root, out.resolve("api"));
        System.out.println(out.resolve("index.html"));
    }

    private static void writeJavadoc(Path root, Path out) throws IOException {
        Path files = Files.createTempFile("sources", ".txt");
        Path overview = Files.createTempFile("overview", ".html");
        try {
            List<String> sources = sources(root);
            Files.write(files, sources);
            String picture = Files.readString(root.resolve("docs/images/modules.svg"));
            Files.writeString(
                    overview,
                    Files.readString(root.resolve("docs/overview.html")).replace("<!-- modules.svg -->", picture));
            int status = ToolProvider.findFirst("javadoc")
                    .orElseThrow()
                    .run(System.out, System.err, options(out, overview, files).toArray(String[]::new));
            if (status != 0) {
                throw new IOException("javadoc failed with status " + status);
            }
        } finally {
            Files.delete(files);
            Files.delete(overview);
        }
    }

    private static List<String> options(Path out, Path overview, Path files) {
        return new ArrayList<>(List.of(
                "-quiet",
                "-Xdoclint:none", // the build has checked every module
                "-encoding",
                "UTF-8",
                "-notimestamp",
                "-windowtitle",
                "hsi4j",
                "-doctitle",
                "hsi4j",
                "-header",
                "<div style=\"margin-top:9px\"><a href=\"{@docRoot}/../index.html\">hsi4j</a></div>",
                "-tag",
                "apiNote:a:API note:",
                "-tag",
                "implSpec:a:Implementation requirements:",
                "-tag",
                "implNote:a:Implementation note:",
                "-overview",
                overview.toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                out.toString(),
                "@" + files));
    }

    private static List<String> sources(Path root) throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module : modules.filter(m -> m.getFileName().toString().matches(MODULES))
                    .filter(m -> Files.isDirectory(m.resolve("src/main/java")))
                    .sorted()
                    .toList()) {
                try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
                    files.map(file -> file.toString().replace('\\', '/'))
                            .filter(file -> file.endsWith(".java"))
                            .filter(file -> !file.endsWith("/module-info.java") && !file.contains("/internal/"))
                            .forEach(sources::add);
                }
            }
        }
        return sources;
    }
}
