package org.hsi4j.examples;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The BOM has no parent to take its version from, and nothing tells it of a new module. */
class BomTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void listsEveryPublishedArtifactInThisVersion() throws Exception {
        Document bom = pom(ROOT.resolve("hsi-bom/pom.xml"));
        String version = child(pom(ROOT.resolve("pom.xml")).getDocumentElement(), "version");

        assertThat(child(bom.getDocumentElement(), "version")).isEqualTo(version);
        assertThat(child(pom(ROOT.resolve("examples/consumer/pom.xml")).getDocumentElement(), "properties"))
                .contains(version);
        assertThat(managed(bom)).containsExactlyInAnyOrderEntriesOf(published());
    }

    /** The modules whose jar is a library: all but the benchmarks. */
    private static Map<String, String> published() throws Exception {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.startsWith("hsi-") && Files.exists(ROOT.resolve(name + "/pom.xml")))
                    .filter(name -> !name.equals("hsi-bom") && !name.equals("hsi-benchmarks"))
                    .collect(toMap(name -> name, name -> "${project.version}"));
        }
    }

    private static Map<String, String> managed(Document bom) {
        NodeList dependencies = bom.getElementsByTagName("dependency");
        return IntStream.range(0, dependencies.getLength())
                .mapToObj(i -> (Element) dependencies.item(i))
                .collect(toMap(d -> child(d, "artifactId"), d -> child(d, "version")));
    }

    private static Document pom(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }

    private static String child(Element parent, String name) {
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return node.getTextContent();
            }
        }
        throw new AssertionError("no " + name);
    }
}
