package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that can be wrong, and the exit code and the line that tell. In the tables {@code @} is the scene's folder. */
class WrongUsageTest {

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeScene() throws IOException {
        new SmallScene(folder);
        Files.writeString(folder.resolve("text.txt"), "no scene");
        Files.write(folder.resolve("short.mat"), new byte[20]);
        Files.writeString(folder.resolve("lonely.hdr"), "ENVI\nsamples = 2\nlines = 2\nbands = 1\ndata type = 4\n");
    }

    private static Tool run(String line) {
        List<String> words = new ArrayList<>();
        for (String word : line.strip().split(" +")) {
            if (!word.isEmpty()) {
                words.add(word.replace("@", folder + "/"));
            }
        }
        return Tool.run(words.toArray());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                   | say what to do
            bogus                                                | bogus
            --bogus                                              | --bogus
            info                                                 | SCENE
            info @scene.hdr more                                 | more
            info @scene.hdr --bogus                              | --bogus
            info @scene.hdr --shape 95                           | rows,columns
            info @scene.hdr --shape 0,5                          | rows,columns
            info @scene.hdr --shape 9999999999,5                 | rows,columns
            info @scene.hdr --order diagonal                     | diagonal
            info @scene.hdr --axes bands                         | bands-rows-columns
            info @scene.hdr --scale 0                            | --scale
            info @scene.hdr --scale NaN                          | --scale
            info @scene.hdr --scale much                         | much
            info @scene.hdr --picture                            | --picture
            convert @scene.hdr                                   | TARGET
            convert @scene.hdr @x.h5                             | as ENVI, .npy, .mat or .tif, not as
            convert @scene.hdr @x.png                            | not as
            convert @scene.hdr @x.npy --interleave bil           | leave it out
            convert @scene.hdr @x.hdr --interleave across        | across
            convert @scene.hdr @x.hdr --type int7                | int7
            convert @scene.hdr @x.hdr --no-data NaN              | --no-data must be a finite number
            convert @scene.hdr @x.hdr --crop 1,2,3               | --crop is first row
            convert @scene.hdr @x.hdr --crop 0,0,0,5             | --crop is first row
            convert @scene.hdr @x.hdr --crop here                | here
            methods --family cooking                             | unmixing, restoration, detection
            unmix                                                | SCENE
            unmix @scene.hdr --endmembers 0                      | --endmembers must be at least 1, not 0
            unmix @scene.hdr --endmembers -3                     | at least 1, not -3
            unmix @scene.hdr --endmembers three                  | three
            unmix @scene.hdr --endmembers 3 --extract nope       | known are auto, vca
            unmix @scene.hdr --endmembers 3 --abundances nope    | auto, ucls, scls, nnls, fcls
            unmix @scene.hdr --endmembers 3 --abundances vca     | there is no method 'vca'
            unmix @scene.hdr --endmembers 3 --option starts      | KEY=VALUE
            unmix @scene.hdr --endmembers 3 --option =3          | KEY=VALUE
            unmix @scene.hdr --endmembers 3 --option nope=3      | endmember extractor 'auto' has starts
            unmix @scene.hdr --endmembers 3 --option starts=0    | starts must be at least 1, not 0
            unmix @scene.hdr --endmembers 3 --option starts=many | many
            unmix @scene.hdr --endmembers 3 --extract vca --option projection=x | auto|projective|mean-removed
            unmix @scene.hdr --given @endmembers.sli --extract vca | leave out --extract
            unmix @scene.hdr --given @endmembers.sli --raw-pixels | leave out --raw-pixels
            unmix @scene.hdr --given @endmembers.sli --blind nmf | leave out --given
            unmix @scene.hdr --endmembers 3 --blind nmf --abundances nnls | leave out --abundances
            unmix @scene.hdr --endmembers 3 --blind nmf --extract vca | leave out --extract
            unmix @scene.hdr --endmembers 3 --blind none-such | none-such
            unmix @scene.hdr --endmembers 3 --intervals 95       | --intervals must be between 0 and 1, not 95.0
            unmix @scene.hdr --endmembers 3 --intervals .95 --blind nmf | leave out --blind
            unmix @scene.hdr --endmembers 3 --intervals .95 --normalize | leave out --normalize
            unmix @scene.hdr --given @endmembers.sli --option seed=3 | no option 'seed'
            unmix @scene.hdr --endmembers 3 --threads 0          | --threads must be at least 1, not 0
            unmix @scene.hdr --endmembers 3 --seed x             | --seed
            restore                                              | SCENE
            restore @scene.hdr --method nope                     | auto, whitened-svd
            restore @scene.hdr --method fcls                     | there is no method 'fcls'
            restore @scene.hdr --peak 0                          | --peak must be a positive number, not 0
            restore @scene.hdr --peak Infinity                   | --peak
            restore @scene.hdr --method whitened-svd --option rank=0 | rank must be at least 1, not 0
            restore @scene.hdr --out @x.mat                      | ENVI
            restore @scene.hdr --out @x.png                      | ENVI
            detect                                               | SCENE
            detect @scene.hdr --method nope                      | auto, rx
            detect @scene.hdr --method ace                       | --target
            detect @scene.hdr --method rx --target-pixel 1,1     | leave out the target
            detect @scene.hdr --target-pixel 1                   | row,column
            detect @scene.hdr --target-pixel -1,1                | row,column
            detect @scene.hdr --target @target.sli --target-pixel 1,1 | leave one out
            detect @scene.hdr --far 0                            | --far must be above 0 and below 1, not 0
            detect @scene.hdr --far 1                            | --far
            detect @scene.hdr --objects found.txt                | .csv or .geojson
            detect @scene.hdr --least-pixels 0                   | --least-pixels must be at least 1, not 0
            detect @scene.hdr --far often                        | often
            detect @scene.hdr --threshold-rule chance            | 'chance' is none of empirical, model, extreme-value
            detect @scene.hdr --method mag1c                     | say which with --gas
            detect @scene.hdr --gas-column 5                     | belong to --gas
            detect @scene.hdr --gas @target.sli --truth @targets.hdr | knows no target and no --truth
            detect @scene.hdr --gas @target.sli --gas-column 0   | --gas-column must be a number of ppm m above 0, not 0
            detect @scene.hdr --gas @target.sli --method rx      | mag1c
            detect @scene.hdr --fdr 2                            | --fdr must be above 0 and below 1, not 2
            detect @scene.hdr --fdr .1 --threshold-rule empirical | --fdr needs p-values
            detect @scene.hdr --method rx --option shrinkage=maybe | maybe
            quickstart --threads 0                               | --threads
            quickstart somewhere                                 | somewhere
            """)
    void endsWithTwoAndSaysHow(String line, String says) {
        Tool run = run(line);

        assertThat(run.code()).as(run.err()).isEqualTo(Hsi.WRONG_USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines().get(0)).startsWith("hsi: ").contains(says);
        assertThat(run.err()).doesNotContain("Exception", "\tat ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            info @missing.hdr                                    | missing.hdr: there is no such file
            info @missing.mat:Y                                  | missing.mat: there is no such file
            info @                                               | is a directory
            info @text.txt                                       | text.txt
            info @short.mat                                      | short.mat
            info @lonely.hdr                                     | lonely
            info @scene.hdr --picture @none/x.png                | none
            convert @missing.hdr @x.hdr                          | there is no such file
            convert @scene.hdr @none/x.hdr                       | there is no such folder
            convert @scene.hdr @x.hdr --crop 40,0,20,10          | reaches beyond the cube of 50x40
            convert @scene.hdr @x.hdr --type uint8               | UINT8
            unmix @missing.hdr --endmembers 3                    | there is no such file
            unmix @scene.hdr --endmembers 31                     | 31 endmembers asked for but the cube has 30 bands
            unmix @scene.hdr --given @missing.sli                | there is no such file
            unmix @scene.hdr --given @endmembers.sli:gold        | gold
            unmix @scene.hdr --given @endmembers.sli --endmembers 3 | holds 4 endmembers but --endmembers says 3
            unmix @scene.hdr --given @scene.hdr                  | scene.hdr
            unmix @scene.hdr --endmembers 3 --truth @missing.mat | there is no such file
            unmix @scene.hdr --endmembers 3 --truth @abundances.hdr | the truth has 4 endmembers but there are only 3
            unmix @scene.hdr --endmembers 30 --truth @scene.hdr --truth @endmembers.sli | 4 endmembers but 30 abundance maps
            unmix @scene.hdr --endmembers 3 --out @text.txt      | is a file, not a folder
            restore @missing.hdr                                 | there is no such file
            restore @scene.hdr --truth @missing.hdr              | there is no such file
            restore @scene.hdr --truth @abundances.hdr           | 50x40x4 but the scene is 50x40x30
            restore @scene.hdr --out @none/x.hdr                 | there is no such folder
            restore @scene.hdr --method whitened-svd --option rank=31 | 31
            restore @scene.hdr --report @text.txt                | is a file, not a folder
            detect @missing.hdr                                  | there is no such file
            detect @scene.hdr --truth @missing.mat               | there is no such file
            detect @scene.hdr --truth @scene.hdr                 | one band, not 30
            detect @scene.hdr --target @missing.sli              | there is no such file
            detect @scene.hdr --target @endmembers.sli           | 4 spectra and a target is one
            detect @scene.hdr --target @endmembers.sli:gold      | no spectrum 'gold'
            detect @scene.hdr --target @abundances.hdr           | abundances.hdr
            detect @scene.hdr --target-pixel 50,1                | there is no pixel 50,1
            detect @scene.hdr --target-pixel 0,0                 | target
            quickstart --out @text.txt                           | is a file, not a folder
            """)
    void badDataEndsWithThreeAndOneLine(String line, String says) {
        Tool run = run(line);

        assertThat(run.code()).as(run.err()).isEqualTo(Hsi.BAD_DATA);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).startsWith("hsi: ").contains(says).doesNotContain("Exception");
    }

    @Test
    void debugSaysWhere() {
        Tool run = run("info @missing.hdr --debug");

        assertThat(run.code()).isEqualTo(Hsi.BAD_DATA);
        assertThat(run.err()).contains("hsi: ", "NoSuchFileException", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "info", "convert", "methods", "unmix", "restore", "detect", "quickstart"})
    void helpHasExamples(String command) {
        Tool run = run(command + " --help");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("Usage: hsi", "Examples:", "  hsi " + command)
                .doesNotContain("\u001b", "null");
        assertThat(run.out().lines()).allSatisfy(l -> assertThat(l.length()).isLessThanOrEqualTo(80));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "info --version"})
    void versionIsOneLine(String line) {
        Tool run = run(line);

        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("hsi ").hasLineCount(1);
    }
}
