package org.hsi4j.examples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** A Markdown page of the project. */
final class Page {
    static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

    /** The project's root, seen from the module in which tests run. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Parser PARSER = Parser.builder()
            .extensions(EXTENSIONS)
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .build();

    final Path file;
    final String text;
    final Node document;

    private Page(Path file, String text) {
        this.file = file;
        this.text = text;
        document = PARSER.parse(text);
    }

    static Page read(Path file) throws IOException {
        return new Page(file, Files.readString(file));
    }

    static Page of(Path file, String text) {
        return new Page(file, text);
    }

    /** All pages of the project but those that a build or a tool made. */
    static List<Page> all(Path root) throws IOException {
        List<Page> pages = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".md"))
                    .filter(f -> !root.relativize(f).toString().matches("(.*/)?(target|\\..*)/.*"))
                    .sorted()
                    .toList()) {
                pages.add(read(file));
            }
        }
        return pages;
    }

    /** Where it stands within the root, with slashes. */
    String name(Path root) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    String title() {
        List<Heading> headings = headings();
        return headings.isEmpty() ? String.valueOf(file.getFileName()) : words(headings.get(0));
    }

    List<Heading> headings() {
        List<Heading> found = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                found.add(heading);
            }
        });
        return found;
    }

    /** The anchor of each heading, in order, by the rule of the sites that show Markdown. */
    List<String> anchors() {
        Set<String> anchors = new LinkedHashSet<>();
        for (Heading heading : headings()) {
            String plain = words(heading)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            String anchor = plain;
            for (int n = 1; anchors.contains(anchor); n++) {
                anchor = plain + "-" + n;
            }
            anchors.add(anchor);
        }
        return List.copyOf(anchors);
    }

    /** Where its links and pictures lead to. */
    List<String> links() {
        List<String> found = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                found.add(link.getDestination());
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                found.add(image.getDestination());
                visitChildren(image);
            }
        });
        return found;
    }

    static int line(Node block) {
        return block.getSourceSpans().get(0).getLineIndex() + 1;
    }

    static String words(Node node) {
        StringBuilder words = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text part) {
                words.append(part.getLiteral());
            }

            @Override
            public void visit(Code part) {
                words.append(part.getLiteral());
            }
        });
        return words.toString();
    }
}
