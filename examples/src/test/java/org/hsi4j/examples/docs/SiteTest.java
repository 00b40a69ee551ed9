package org.hsi4j.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site holds every page, and no link in it is broken. */
class SiteTest {
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

    @Test
    void everyLinkOfTheSiteLeadsSomewhere(@TempDir Path out) throws Exception {
        new Site(Page.ROOT, out, false).write();

        List<Path> pages;
        try (Stream<Path> files = Files.walk(out)) {
            pages = files.filter(file -> file.toString().endsWith(".html"))
                    .filter(file -> !file.toString().contains("notebooks"))
                    .toList();
        }
        assertThat(pages).hasSizeGreaterThan(15);
        List<String> broken = new ArrayList<>();
        for (Path page : pages) {
            String html = Files.readString(page);
            assertThat(html.contains("<!-- ")).as("comments in " + page).isFalse();
            for (Matcher link = LINK.matcher(html); link.find(); ) {
                if (!leads(page, html, link.group(1))) {
                    broken.add(out.relativize(page) + ": " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean leads(Path page, String html, String link) throws Exception {
        if (link.matches("[a-z]+:.*")) {
            return true;
        }
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (!Files.isRegularFile(target)) {
            return false;
        }
        String there = target.equals(page) ? html : parts.length == 2 ? Files.readString(target) : "";
        return parts.length == 1 || there.contains(" id=\"" + parts[1] + "\"");
    }
}
