package org.hsi4j.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What the metadata of a DESIS or EnMAP product say about its bands.
 *
 * <p>Both have an element {@code bandCharacterisation}. In that of EnMAP lie elements {@code bandID} with an attribute {@code number} and
 * in them {@code wavelengthCenterOfBand}, {@code FWHMOfBand}, {@code GainOfBand} and {@code OffsetOfBand}; in that of DESIS
 * elements {@code <band>} with {@code bandNumber}, {@code wavelengthCenterOfBand}, {@code wavelengthWidthOfBand},
 * {@code gainOfBand} and {@code offsetOfBand}. Lengths are in nanometres. {@code backgroundValue} is the number that means no
 * data, and EnMAP's {@code expectedChannelsList} of each detector has the numbers of the bands that hold something. These
 * names are those of the product specifications, as public readers of the products use them.
 *
 * @param bands the bands by their numbers
 * @param background the number that means no data, NaN when nothing is said
 * @param expected numbers of the bands that hold something, empty when nothing is said
 */
record DlrMetadata(List<Band> bands, double background, Set<Integer> expected) {
    /** Those of DESIS have the response of every band, some megabytes in all. */
    private static final long LARGEST = 64 << 20;

    private static final char BYTE_ORDER_MARK = '\ufeff';
    private static final int DEEPEST = 64;
    private static final int MOST_BANDS = 4096;
    private static final int LONGEST_TEXT = 1 << 16;
    private static final String CHARACTERISATION = "bandCharacterisation";
    private static final Map<String, String> OF_BAND = Map.of(
            "bandNumber", "number",
            "wavelengthCenterOfBand", "centre",
            "FWHMOfBand", "width",
            "wavelengthWidthOfBand", "width",
            "GainOfBand", "gain",
            "gainOfBand", "gain",
            "OffsetOfBand", "offset",
            "offsetOfBand", "offset");

    /**
     * One band; NaN for what is not said.
     *
     * @param number from one
     * @param centre wavelength in nanometres
     * @param width full width at half maximum in nanometres
     * @param gain factor of the numbers
     * @param offset what is added then
     */
    record Band(int number, double centre, double width, double gain, double offset) {}

    /** Reads a file, without any declaration of types or entities and nothing from elsewhere. */
    static DlrMetadata read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > LARGEST) {
            throw new MalformedFileException(file, "length", size + " bytes", "at most " + LARGEST + " of metadata");
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // decoded here: of bytes that are no text the parser of the JDK tells the console; what is used is ASCII
        try (BufferedReader text =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            text.mark(1);
            if (text.read() != BYTE_ORDER_MARK) {
                text.reset();
            }
            XMLStreamReader xml = factory.createXMLStreamReader(text);
            try {
                return new Parser(file, xml).parse();
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            throw new MalformedFileException(
                    file,
                    "XML",
                    MalformedFileException.quote(String.valueOf(e.getMessage())),
                    "the metadata of a DESIS or EnMAP product",
                    e);
        }
    }

    /** Goes through the file once. */
    private static final class Parser {
        private final Path file;
        private final XMLStreamReader xml;
        private final Deque<String> path = new ArrayDeque<>();
        private final StringBuilder text = new StringBuilder();
        private final List<Band> bands = new ArrayList<>();
        private final Set<Integer> expected = new TreeSet<>();
        private Map<String, Double> band = new HashMap<>();
        private double background = Double.NaN;

        Parser(Path file, XMLStreamReader xml) {
            this.file = file;
            this.xml = xml;
        }

        DlrMetadata parse() throws XMLStreamException, IOException {
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> start();
                    case XMLStreamConstants.END_ELEMENT -> end();
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        if (text.length() + xml.getTextLength() <= LONGEST_TEXT) {
                            text.append(xml.getText());
                        }
                    }
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw malformed("a declaration of types or an entity", "plain elements");
                    default -> {} // comments and the like
                }
            }
            if (bands.isEmpty()) {
                throw malformed("no band", "'" + CHARACTERISATION + "' with elements 'band' or 'bandID'");
            }
            bands.sort(Comparator.comparingInt(Band::number));
            return new DlrMetadata(List.copyOf(bands), background, expected);
        }

        private MalformedFileException malformed(String found, String what) {
            return new MalformedFileException(file, "line " + xml.getLocation().getLineNumber(), found, what);
        }

        private boolean isBand(String name) {
            return (name.equals("band") || name.equals("bandID")) && CHARACTERISATION.equals(path.peek());
        }

        private void start() throws IOException {
            String name = xml.getLocalName();
            if (path.size() == DEEPEST) {
                throw malformed("elements " + DEEPEST + " levels deep", "fewer");
            }
            if (isBand(name)) {
                if (bands.size() == MOST_BANDS) {
                    throw malformed("more than " + MOST_BANDS + " bands", "fewer");
                }
                band = new HashMap<>();
                String number = xml.getAttributeValue(null, "number");
                if (number != null) {
                    band.put("number", number(number));
                }
            }
            path.push(name);
            text.setLength(0);
        }

        private void end() throws IOException {
            String name = path.pop();
            String value = text.toString().strip();
            text.setLength(0);
            if (isBand(name)) {
                bands.add(new Band(
                        (int) of("number", bands.size() + 1),
                        of("centre", Double.NaN),
                        of("width", Double.NaN),
                        of("gain", Double.NaN),
                        of("offset", Double.NaN)));
            } else if (OF_BAND.containsKey(name) && path.contains(CHARACTERISATION)) {
                band.put(OF_BAND.get(name), number(value));
            } else if (name.equals("backgroundValue") && Double.isNaN(background)) {
                background = number(value);
            } else if (name.equals("expectedChannelsList")) {
                for (String channel : value.split("[\\s,]+", -1)) {
                    if (!channel.isEmpty()) {
                        expected.add((int) number(channel));
                    }
                }
            }
        }

        private double of(String key, double otherwise) {
            return band.getOrDefault(key, otherwise);
        }

        private double number(String word) throws IOException {
            try {
                if (word.length() <= 64) {
                    return Double.parseDouble(word);
                }
            } catch (NumberFormatException e) {
                // told below
            }
            throw malformed(MalformedFileException.quote(word), "a number");
        }
    }
}
