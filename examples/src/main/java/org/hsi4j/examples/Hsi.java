package org.hsi4j.examples;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The {@code hsi} tool: a hyperspectral scene goes in; maps, numbers and pictures come out. */
@Command(
        name = "hsi",
        mixinStandardHelpOptions = true,
        versionProvider = Hsi.Version.class,
        description = "A hyperspectral scene goes in; maps, numbers and pictures come out.")
public final class Hsi implements Runnable {

    private Hsi() {}

    /**
     * Runs the tool and ends the process with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Hsi()).execute(args));
    }

    @Override
    public void run() {
        System.out.println(Version.text());
    }

    /** The version written into the jar. */
    static final class Version implements IVersionProvider {

        static String text() {
            String version = Hsi.class.getPackage().getImplementationVersion();
            return "hsi " + (version == null ? "(unpackaged)" : version);
        }

        @Override
        public String[] getVersion() {
            return new String[] {text()};
        }
    }
}
