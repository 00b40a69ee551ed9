package org.hsi4j.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every relative link of every Markdown file leads somewhere; those to other places are well-formed. */
class LinksTest {

    @Test
    void everyLinkOfTheProjectLeadsSomewhere() throws Exception {
        List<Page> pages = Page.all(Page.ROOT);
        assertThat(pages).hasSizeGreaterThan(10);
        List<String> broken = new ArrayList<>();
        for (Page page : pages) {
            for (String link : page.links()) {
                String fault = fault(page, link);
                if (fault != null) {
                    broken.add(page.name(Page.ROOT) + ": " + link + ": " + fault);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void aMissingFileAndAMissingHeadingAreFound(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("there.md"), "# One and two\n\n# One and two\n\n## `a.b` (c)!\n");
        Page page = Page.of(folder.resolve("page.md"), "# Mine\n");
        assertThat(fault(page, "absent.md")).contains("no such file");
        assertThat(fault(page, "there.md#three")).contains("no such heading");
        assertThat(fault(page, "#there")).contains("no such heading");
        assertThat(fault(page, "https://a b.org")).contains("Illegal character");
        assertThat(fault(page, "#mine")).isNull();
        assertThat(fault(page, "there.md")).isNull();
        assertThat(fault(page, "there.md#one-and-two-1")).isNull();
        assertThat(fault(page, "there.md#ab-c")).isNull();
        assertThat(fault(page, "https://example.org/a?b=c")).isNull();
    }

    /** What is wrong with a link, or null. */
    private static String fault(Page page, String link) throws Exception {
        if (link.matches("[a-z]+:.*")) {
            return faultOfUri(link);
        }
        String[] parts = link.split("#", 2);
        Path target = page.file;
        if (!parts[0].isEmpty()) {
            target = page.file
                    .resolveSibling(URLDecoder.decode(parts[0], StandardCharsets.UTF_8))
                    .normalize();
            if (!Files.exists(target)) {
                return "no such file";
            }
        }
        if (parts.length == 2) {
            Page other = target.equals(page.file) ? page : Page.read(target);
            return other.anchors().contains(parts[1]) ? null : "no such heading; there are " + other.anchors();
        }
        return null;
    }

    private static String faultOfUri(String link) {
        try {
            URI uri = new URI(link);
            return uri.isOpaque() || uri.getHost() != null ? null : "no host";
        } catch (URISyntaxException e) {
            return e.getMessage();
        }
    }
}
