package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the artifacts bring along, from the bills of materials that the build made of them: all of it may be used, and is listed. */
class LicencesCheck {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Licences that ask for no more than to be named. */
    private static final Set<String> ALLOWED = Set.of("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause");

    /**
     * What is allowed of one artifact. OSHI comes with hsi-nd4j only, in a jar of its own. JLine has the licence of three clauses; its
     * POM says "The BSD License", which the bill takes for that of four.
     */
    private static final Map<String, String> EXCEPTIONS = Map.of(
            "com.github.oshi:oshi-core", "EPL-1.0",
            "org.jline:jline-native", "BSD-4-Clause",
            "org.jline:jline-terminal", "BSD-4-Clause");

    /** By artifact: its licences, and the modules that bring it. */
    private static final Map<String, Set<String>> LICENCES = new TreeMap<>();

    private static final Map<String, Set<String>> BROUGHT_BY = new TreeMap<>();

    @BeforeAll
    static void readTheBills() throws Exception {
        for (Path module : modules()) {
            Path bill = module.resolve("target/sbom.xml");
            if (Files.exists(bill)) {
                read(bill, module.getFileName().toString());
            }
        }
        assumeThat(LICENCES)
                .as("bills of materials, which are not made offline")
                .isNotEmpty();
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .sorted()
                    .toList();
        }
    }

    private static void read(Path bill, String module) throws Exception {
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(bill.toFile())
                .getDocumentElement();
        for (Element list : children(root, "components")) {
            for (Element component : children(list, "component")) {
                String group = children(component, "group").get(0).getTextContent();
                if (!group.equals("org.hsi4j")) {
                    String artifact =
                            group + ":" + children(component, "name").get(0).getTextContent();
                    LICENCES.computeIfAbsent(artifact, a -> new TreeSet<>()).addAll(licences(component));
                    BROUGHT_BY.computeIfAbsent(artifact, a -> new TreeSet<>()).add(module);
                }
            }
        }
    }

    private static List<String> licences(Element component) {
        List<String> found = new ArrayList<>();
        for (Element list : children(component, "licenses")) {
            for (Element licence : children(list, "license")) {
                List<Element> ids = children(licence, "id");
                found.add(
                        (ids.isEmpty() ? children(licence, "name") : ids).get(0).getTextContent());
            }
            children(list, "expression").forEach(expression -> found.add(expression.getTextContent()));
        }
        return found;
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    @Test
    void everyDependencyHasALicenceThatIsAllowed() {
        assertThat(LICENCES)
                .allSatisfy((artifact, licences) -> assertThat(licences)
                        .as(artifact)
                        .anyMatch(licence ->
                                ALLOWED.contains(licence) || licence.equals(EXCEPTIONS.getOrDefault(artifact, ""))));
    }

    @Test
    void thePageListsThemAll() throws IOException {
        assumeThat(modules())
                .as("modules with a bill of materials, all but the BOM and the benchmarks")
                .filteredOn(module -> !module.endsWith("hsi-bom") && !module.endsWith("hsi-benchmarks"))
                .allMatch(module -> Files.exists(module.resolve("target/sbom.xml")));
        List<String> rows = LICENCES.keySet().stream()
                .map(artifact -> "| `" + artifact + "` | " + String.join(" or ", LICENCES.get(artifact)) + " | "
                        + String.join(", ", BROUGHT_BY.get(artifact)) + " |")
                .toList();
        Files.write(Path.of("target/third-party-rows.md"), rows);

        assertThat(Files.readAllLines(ROOT.resolve("docs/third-party.md")))
                .as("docs/third-party.md; the right rows are in examples/target/third-party-rows.md")
                .filteredOn(line -> line.startsWith("| `"))
                .containsExactlyElementsOf(rows);
    }
}
