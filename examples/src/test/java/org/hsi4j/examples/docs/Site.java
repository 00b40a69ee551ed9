package org.hsi4j.examples.docs;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * The pages of the project as a static site: each Markdown page beside where it stands in the project, {@code README.md} as {@code
 * index.html}, links between pages turned into links between their HTML, and what else pages link to copied.
 */
final class Site {
    private static final String GUIDE = "docs/guide/";

    private static final Pattern JAVA = Pattern.compile(
            "(?<comment>//[^\n]*)|(?<string>&quot;.*?&quot;)"
                    + "|\\b(?<keyword>import|var|new|record|class|interface|implements|extends|public|return|for|if|try|catch|finally|throw"
                    + "|boolean|int|long|double|byte|static|final|null|true|false)\\b|\\b(?<number>\\d[\\d_.]*(e-?\\d+)?L?)\\b");

    private final Path root;
    private final Path out;
    private final boolean javadoc;
    private final Map<Path, Page> pages = new LinkedHashMap<>();

    /**
     * Reads the pages.
     *
     * @param root the project
     * @param out the folder to be filled
     * @param javadoc whether there will be Javadoc in its folder {@code api}
     */
    Site(Path root, Path out, boolean javadoc) throws IOException {
        this.root = root;
        this.out = out;
        this.javadoc = javadoc;
        for (Page page : Page.all(root)) {
            pages.put(page.file, page);
        }
    }

    void write() throws IOException {
        Files.createDirectories(out);
        for (Page page : pages.values()) {
            Path target = out.resolve(html(page));
            Files.createDirectories(target.getParent());
            Files.writeString(target, document(page));
        }
        for (Path notebook : notebooks()) {
            copy(notebook);
        }
        try (var style = Site.class.getResourceAsStream("site.css")) {
            Files.copy(
                    java.util.Objects.requireNonNull(style),
                    out.resolve("site.css"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private List<Path> notebooks() throws IOException {
        Path folder = root.resolve("docs/notebooks");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
        }
    }

    private void copy(Path file) throws IOException {
        Path target = out.resolve(root.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Where a page lies in the site. */
    private String html(Page page) {
        return page.name(root).replaceFirst("README\\.md$", "index.html").replaceFirst("\\.md$", ".html");
    }

    private String document(Page page) throws IOException {
        String here = html(page);
        String up = "../".repeat((int) here.chars().filter(c -> c == '/').count());
        String title = page.title();
        String body = body(page);
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <link rel="stylesheet" href="%ssite.css">
                </head>
                <body>
                <nav>
                %s</nav>
                <main>
                %s</main>
                </body>
                </html>
                """.formatted(
                        escape(here.equals("index.html") ? title : title + " - hsi4j"), up, navigation(here, up), body);
    }

    private String navigation(String here, String up) throws IOException {
        Map<String, Map<String, String>> groups = new LinkedHashMap<>();
        group(groups, "").put("index.html", "hsi4j");
        for (String link : guide()) {
            Page page = pages.get(root.resolve(GUIDE + link));
            group(groups, "Guide").put(html(page), page.title());
        }
        for (Page page : pages.values()) {
            String name = page.name(root);
            String title = page.title();
            if (name.startsWith("docs/results-")) {
                group(groups, "Results").put(html(page), capital(title.replace("Results: ", "")));
            } else if (name.matches("docs/(benchmarks|limits)\\.md")) {
                group(groups, "Results").put(html(page), title);
            }
        }
        for (Path notebook : notebooks()) {
            String name = root.relativize(notebook).toString().replace('\\', '/');
            group(groups, "Notebooks")
                    .put(
                            name,
                            capital(name.replaceAll(".*/(\\d+-)?|\\.html", "").replace('-', ' ')));
        }
        if (javadoc) {
            group(groups, "Reference").put("api/index.html", "Javadoc");
        }
        for (Page page : pages.values()) {
            boolean listed = groups.values().stream().anyMatch(g -> g.containsKey(html(page)));
            if (!listed) {
                group(groups, page.name(root).startsWith("docs/") ? "Reference" : "Project")
                        .put(html(page), page.title());
            }
        }
        StringBuilder text = new StringBuilder();
        groups.forEach((name, entries) -> {
            text.append(name.isEmpty() ? "" : "<h2>" + name + "</h2>\n").append("<ul>\n");
            entries.forEach((link, title) -> text.append("<li><a")
                    .append(link.equals(here) ? " class=\"here\"" : "")
                    .append(" href=\"" + up + link + "\">" + escape(title) + "</a></li>\n"));
            text.append("</ul>\n");
        });
        return text.toString();
    }

    private static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static Map<String, String> group(Map<String, Map<String, String>> groups, String name) {
        return groups.computeIfAbsent(name, n -> new LinkedHashMap<>());
    }

    /** The pages of the guide in the order of its table. */
    private List<String> guide() {
        List<String> order = new ArrayList<>(List.of("README.md"));
        Page guide = pages.get(root.resolve(GUIDE + "README.md"));
        guide.links().stream()
                .filter(link -> link.matches("[^/#]+\\.md") && !order.contains(link))
                .forEach(order::add);
        return order;
    }

    private String body(Page page) throws IOException {
        Page copy = Page.of(page.file, page.text); // links are about to change
        List<String> anchors = copy.anchors();
        Map<Node, String> ids = new LinkedHashMap<>();
        List<Heading> headings = copy.headings();
        for (int i = 0; i < headings.size(); i++) {
            ids.put(headings.get(i), anchors.get(i));
        }
        List<Path> linked = new ArrayList<>();
        copy.document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                visitChildren(link);
                if (isFolder(page, link.getDestination())) {
                    for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
                        link.insertBefore(child); // a folder of the project is not part of the site: the words stay
                    }
                    link.unlink();
                } else {
                    link.setDestination(turned(page, link.getDestination(), linked));
                }
            }

            @Override
            public void visit(Image image) {
                image.setDestination(turned(page, image.getDestination(), linked));
            }

            @Override
            public void visit(HtmlBlock block) {
                if (block.getLiteral().startsWith("<!--")) {
                    block.unlink();
                }
            }
        });
        for (Path file : linked) {
            copy(file);
        }
        HtmlRenderer renderer = HtmlRenderer.builder()
                .extensions(Page.EXTENSIONS)
                .attributeProviderFactory(context -> (node, tag, attributes) -> {
                    if (ids.containsKey(node) && tag.matches("h\\d")) {
                        attributes.put("id", ids.get(node));
                    }
                })
                .build();
        String html = renderer.render(copy.document)
                .replace(" ± ", "&nbsp;±&nbsp;")
                .replace("<table>", "<div class=\"table\"><table>")
                .replace("</table>", "</table></div>");
        return contents(copy, headings, anchors, colored(html));
    }

    /** Puts a list of the sections below the title of a long page. */
    private static String contents(Page page, List<Heading> headings, List<String> anchors, String html) {
        StringBuilder list = new StringBuilder("<ul class=\"contents\">\n");
        int count = 0;
        for (int i = 0; i < headings.size(); i++) {
            if (headings.get(i).getLevel() == 2) {
                count++;
                list.append("<li><a href=\"#" + anchors.get(i) + "\">" + escape(Page.words(headings.get(i)))
                        + "</a></li>\n");
            }
        }
        boolean hasOne = page.links().stream().anyMatch(link -> link.startsWith("#"));
        return count < 4 || hasOne ? html : html.replaceFirst("</h1>", "</h1>\n" + list + "</ul>");
    }

    private static boolean isFolder(Page page, String link) {
        return !link.isEmpty()
                && !link.matches("[a-z]+:.*|#.*")
                && Files.isDirectory(page.file.resolveSibling(link.split("#", 2)[0]));
    }

    private String turned(Page page, String link, List<Path> linked) {
        if (link.matches("[a-z]+:.*|#.*")) {
            return link;
        }
        String[] parts = link.split("#", 2);
        Path target = page.file
                .resolveSibling(URLDecoder.decode(parts[0], StandardCharsets.UTF_8))
                .normalize();
        if (pages.containsKey(target)) {
            String html = parts[0].replaceFirst("README\\.md$", "index.html").replaceFirst("\\.md$", ".html");
            return parts.length == 1 ? html : html + "#" + parts[1];
        }
        if (!Files.isRegularFile(target)) {
            throw new IllegalStateException(
                    page.name(root) + " links to " + link + ", which cannot be shown in the site");
        }
        linked.add(target);
        return link;
    }

    private static String colored(String html) {
        return Pattern.compile("(?s)(<code class=\"language-java\">)(.*?)(</code>)")
                .matcher(html)
                .replaceAll(block -> java.util.regex.Matcher.quoteReplacement(block.group(1)
                        + JAVA.matcher(block.group(2))
                                .replaceAll(part -> java.util.regex.Matcher.quoteReplacement(
                                        "<span class=\"" + kind(part.group()) + "\">" + part.group() + "</span>"))
                        + block.group(3)));
    }

    private static String kind(String part) {
        if (part.startsWith("//")) {
            return "comment";
        }
        return part.startsWith("&quot;") ? "string" : Character.isDigit(part.charAt(0)) ? "number" : "keyword";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
