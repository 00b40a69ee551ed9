package org.hsi4j.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.view.Illustrated;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The house rules that a compiler does not know, checked over the classes of all modules at once. */
class ArchitectureTest {

    private static final String ROOT = "org.hsi4j";

    /** The modules that know core and not each other. */
    private static final Set<String> FAMILIES = Set.of("unmixing", "restoration", "detection");

    /** The modules that bring a library to the core. */
    private static final Set<String> ADAPTERS = Set.of("hdf5");

    private static final Set<String> TOOLS = Set.of("examples");

    /** Owns every package that no other module names. */
    private static final String CORE = "core";

    private static final Pattern INTERNAL = Pattern.compile(".*\\.internal(\\..*)?");

    private static JavaClasses all;

    @BeforeAll
    static void readClasses() {
        ImportOption noSharedTestHelpers = location -> !location.contains("-tests.jar");
        all = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(noSharedTestHelpers)
                .importPackages(ROOT);
    }

    @Test
    void everyModuleIsSeenAndOwnsItsPackages() {
        Set<Set<String>> modulesOfEachPlace = Set.copyOf(all.stream()
                .collect(groupingBy(ArchitectureTest::origin, mapping(ArchitectureTest::module, toSet())))
                .values());

        assertThat(modulesOfEachPlace)
                .as("the modules whose packages were found in one jar or folder")
                .containsExactlyInAnyOrder(
                        Set.of(CORE),
                        Set.of("hdf5"),
                        Set.of("unmixing"),
                        Set.of("restoration"),
                        Set.of("detection"),
                        Set.of("examples"));
    }

    @Test
    void noPackageIsSplit() {
        assertThat(all.stream()
                        .collect(groupingBy(JavaClass::getPackageName, mapping(ArchitectureTest::origin, toSet()))))
                .allSatisfy((name, origins) -> assertThat(origins).as(name).hasSize(1));
    }

    @Test
    void modulesKnowOnlyWhatTheyMay() {
        classes()
                .should(useOnlyHouseClasses(
                        "of their own module, or of core, or of any library module for a tool",
                        (from, to) -> module(from).equals(module(to))
                                || module(to).equals(CORE)
                                || TOOLS.contains(module(from)) && FAMILIES.contains(module(to))))
                .check(all);
    }

    @Test
    void nobodyUsesTheInternalsOfAnotherModule() {
        classes()
                .should(useOnlyHouseClasses(
                        "that are not internal to another module",
                        (from, to) -> !INTERNAL.matcher(to.getPackageName()).matches()
                                || module(from).equals(module(to))))
                .check(all);
    }

    @Test
    void packagesFormNoCycle() {
        SlicesRuleDefinition.slices()
                .assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return type.getPackageName().startsWith(ROOT)
                                ? SliceIdentifier.of(type.getPackageName())
                                : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(all);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<JavaPackage> packages = all.stream().map(JavaClass::getPackage).collect(toSet());

        assertThat(packages).isNotEmpty().allMatch(found -> found.isAnnotatedWith(NullMarked.class));
    }

    @Test
    void librariesLeaveTheConsoleToTheApplication() {
        noClasses()
                .that(areInALibrary())
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(all);
        noClasses()
                .that(areInALibrary())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .because("System.Logger lets the application choose")
                .check(all);
    }

    @Test
    void librariesKeepNoHiddenState() {
        classes()
                .that(areInALibrary())
                .should(haveOnlyFields(
                        "that are final where they are static",
                        field -> !isStatic(field) || field.getModifiers().contains(JavaModifier.FINAL)))
                .andShould(haveOnlyFields(
                        "that are no public static arrays, which anybody could change",
                        field -> !isStatic(field)
                                || !field.getModifiers().contains(JavaModifier.PUBLIC)
                                || !field.getRawType().isArray()))
                .check(all);
    }

    @Test
    void librariesHideNothingInThreads() {
        noClasses()
                .that(areInALibrary())
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .check(all);
    }

    @Test
    void publicClassesOfLibrariesAreFinalOrMadeForExtension() {
        classes()
                .that(areInALibrary())
                .should(new ArchCondition<>("be final, abstract, an interface, a record or an enum when public") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean fits = !type.getModifiers().contains(JavaModifier.PUBLIC)
                                || type.isInterface()
                                || type.isEnum()
                                || type.getModifiers().contains(JavaModifier.FINAL)
                                || type.getModifiers().contains(JavaModifier.ABSTRACT);
                        events.add(new SimpleConditionEvent(
                                type, fits, type.getDescription() + " is neither final nor made for extension"));
                    }
                })
                .check(all);
    }

    @Test
    void everyResultKnowsHowToDrawItself() {
        classes()
                .that(DescribedPredicate.describe(
                        "are public results of a science module",
                        (JavaClass type) -> FAMILIES.contains(module(type))
                                && type.isRecord()
                                && type.getModifiers().contains(JavaModifier.PUBLIC)
                                && type.getFields().stream()
                                        .anyMatch(field -> field.getRawType().isEquivalentTo(Diagnostics.class))))
                .should()
                .beAssignableTo(Illustrated.class)
                .check(all);
    }

    private static DescribedPredicate<JavaClass> areInALibrary() {
        return DescribedPredicate.describe("are in a library module", type -> !TOOLS.contains(module(type)));
    }

    private static ArchCondition<JavaClass> useOnlyHouseClasses(
            String which, BiPredicate<JavaClass, JavaClass> allowed) {
        return new ArchCondition<>("use only classes of hsi4j " + which) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().forEach(dependency -> {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (isOfTheHouse(target)) {
                        events.add(new SimpleConditionEvent(
                                dependency, allowed.test(type, target), dependency.getDescription()));
                    }
                });
            }
        };
    }

    private static ArchCondition<JavaClass> haveOnlyFields(String which, Predicate<JavaField> allowed) {
        return new ArchCondition<>("have only fields " + which) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getFields()
                        .forEach(field -> events.add(new SimpleConditionEvent(
                                field, allowed.test(field), field.getDescription() + " is not allowed")));
            }
        };
    }

    private static boolean isStatic(JavaField field) {
        return field.getModifiers().contains(JavaModifier.STATIC);
    }

    private static boolean isOfTheHouse(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    /** The module that owns a class of ours, by its package. */
    private static String module(JavaClass type) {
        String inside = type.getPackageName().substring(ROOT.length());
        String first = inside.isEmpty() ? "" : inside.substring(1).split("\\.", 2)[0];
        return FAMILIES.contains(first) || ADAPTERS.contains(first) || TOOLS.contains(first) ? first : CORE;
    }

    /** The jar or folder that a class was read from. */
    private static String origin(JavaClass type) {
        String file = type.getSource().orElseThrow().getUri().toString();
        String inside = type.getPackageName().replace('.', '/') + "/";
        return file.substring(0, file.lastIndexOf(inside));
    }
}
