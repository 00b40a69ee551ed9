package org.hsi4j.examples.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;

/**
 * The programs of a page. All fenced blocks of Java under one heading of the second level (or before the first one) are one program, in their
 * order: what an earlier block declares, a later one knows. A comment of HTML that begins with <code>&lt;!-- java</code> is Java
 * that the reader does not see: it stands for what he is supposed to have. Files that a program reads by {@code Path.of} are those of
 * {@link Scenes}. A program that imports something gets nothing else imported; any other one gets {@link #IMPORTS}.
 */
final class Snippets {

    /** The packages that the guide's page on getting started names. */
    static final List<String> IMPORTS = List.of(
            "java.io.*",
            "java.nio.file.*",
            "java.util.*",
            "java.util.concurrent.*",
            "java.util.concurrent.atomic.*",
            "java.util.stream.*",
            "org.hsi4j.*",
            "org.hsi4j.detection.*",
            "org.hsi4j.io.*",
            "org.hsi4j.method.*",
            "org.hsi4j.metrics.*",
            "org.hsi4j.restoration.*",
            "org.hsi4j.run.*",
            "org.hsi4j.simulate.*",
            "org.hsi4j.stats.*",
            "org.hsi4j.transform.*",
            "org.hsi4j.unmixing.*",
            "org.hsi4j.view.*");

    private static final String HIDDEN = "<!-- java";

    /** Languages of fences that are not run. */
    private static final List<String> OTHERS = List.of("", "text", "xml", "json", "sh", "bash", "python", "properties");

    /**
     * One program.
     *
     * @param where page and heading
     * @param code its lines
     * @param lines where each of them stands in the page
     */
    record Program(String where, List<String> code, List<Integer> lines) {

        /** A class whose {@code run()} it is; the first line of code is line {@code imports + 3}. */
        String source(String className) {
            List<String> imports = code.stream().filter(Program::isImport).toList();
            StringBuilder source = new StringBuilder();
            if (imports.isEmpty()) {
                IMPORTS.forEach(name -> source.append("import ").append(name).append("; "));
            } else {
                imports.forEach(line -> source.append(line.replaceAll("//.*", "")));
            }
            source.append("\npublic final class ").append(className).append(" {\n");
            source.append("public static void run(java.nio.file.Path folder) throws Exception {\n");
            for (String line : code) {
                source.append(isImport(line) ? "" : inFolder(line)).append('\n');
            }
            return source.append("}}\n").toString();
        }

        /** The line of the page for a line of {@link #source}. */
        int line(long sourceLine) {
            int index = (int) sourceLine - 4;
            return index >= 0 && index < lines.size() ? lines.get(index) : lines.get(lines.size() - 1);
        }

        private static boolean isImport(String line) {
            return line.matches("import [\\w.*]+;\\s*(//.*)?");
        }

        /** The program for a shell that starts elsewhere. Imports come first: one that follows makes a shell forget its variables. */
        String shellScript(Path folder) {
            String place = folder.toString().replace("\\", "/");
            Stream<String> imports = code.stream().filter(Program::isImport);
            Stream<String> others = code.stream()
                    .filter(line -> !isImport(line))
                    .map(line -> line.replace("Path.of(\"", "Path.of(\"" + place + "/"));
            return Stream.concat(imports, others).collect(Collectors.joining("\n"));
        }

        /** A relative path is meant from the folder in which the program would have been started. */
        private static String inFolder(String line) {
            return line.replaceAll("\\bPath\\.of\\(\"", "folder.resolve(\"");
        }
    }

    private Snippets() {}

    static List<Program> of(Page page, String name) {
        List<Program> programs = new ArrayList<>();
        page.document.accept(new AbstractVisitor() {
            private String heading = "";
            private Program program;

            @Override
            public void visit(Heading node) {
                if (node.getLevel() <= 2) {
                    heading = Page.words(node);
                    program = null;
                }
            }

            @Override
            public void visit(FencedCodeBlock node) {
                if (node.getInfo().equals("java")) {
                    add(node.getLiteral(), Page.line(node) + 1);
                } else if (!OTHERS.contains(node.getInfo())) {
                    throw new IllegalStateException(name + ":" + Page.line(node) + ": nobody knows whether '"
                            + node.getInfo() + "' is to be run; use java, or one of " + OTHERS);
                }
            }

            @Override
            public void visit(HtmlBlock node) {
                String html = node.getLiteral();
                if (html.startsWith(HIDDEN)) {
                    String java = html.substring(HIDDEN.length(), html.indexOf("-->"));
                    add(java, Page.line(node));
                }
            }

            private void add(String code, int firstLine) {
                if (program == null) {
                    program = new Program(name + ", " + heading, new ArrayList<>(), new ArrayList<>());
                    programs.add(program);
                }
                List<String> lines = code.lines().toList();
                for (int i = 0; i < lines.size(); i++) {
                    program.code.add(lines.get(i));
                    program.lines.add(firstLine + i);
                }
            }
        });
        return programs;
    }

    /** How many blocks of Java there seem to be to one who does not parse. */
    static long fences(Page page) {
        return page.text
                .lines()
                .filter(line -> line.matches("[\\s>]*(```+|~~~+)\\s*(?i)(java|jshell)\\b.*"))
                .count();
    }

    /** How many of them the parser found. */
    static long blocks(Page page) {
        long[] count = {0};
        page.document.accept(new AbstractVisitor() {
            @Override
            public void visit(FencedCodeBlock node) {
                count[0] += node.getInfo().equals("java") ? 1 : 0;
            }
        });
        return count[0];
    }
}
