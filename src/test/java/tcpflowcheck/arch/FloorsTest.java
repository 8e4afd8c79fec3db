package tcpflowcheck.arch;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tcpflowcheck.report.JsonReporter;

/** The house's rules, as far as class files show them. */
class FloorsTest {
    private static final String ROOT = "tcpflowcheck";

    /** From the lowest; a class uses its own floor and those below. */
    private static final List<String> FLOORS = List.of("capture", "wire", "tcp", "flow", "report", "check", "cli");

    /** Beside {@code cli}, the highest: neither uses the other, and nothing uses it. */
    private static final String BESIDE = "api";

    /** Beside both; its classes are there with the profile of the same name. */
    private static final String CLUSTER = "cluster";

    /** What runs for each frame: the floors up to {@code flow}. */
    private static final String[] HOT =
            FLOORS.subList(0, 4).stream().map(FloorsTest::floor).toArray(String[]::new);

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/")) // of any profile's build
            .importPackages(ROOT);

    private static String floor(String name) {
        return ROOT + "." + name + "..";
    }

    private static void holds(ArchRule rule) {
        rule.allowEmptyShould(true).check(OURS);
    }

    @Test
    void everyClassLivesOnAFloor() {
        assertThat(OURS).isNotEmpty();
        holds(classes()
                .should()
                .resideInAnyPackage(Stream.concat(FLOORS.stream(), Stream.of(BESIDE, CLUSTER))
                        .map(FloorsTest::floor)
                        .toArray(String[]::new)));
    }

    /** A sub-package is a room of the floor that its name begins with; each says what it is for, what is lent there and what given. */
    @Test
    void everyFloorAndRoomSaysWhatItIsFor() throws IOException {
        Set<String> packages = OURS.stream().map(JavaClass::getPackageName).collect(toSet());
        assertThat(packages).contains(ROOT + ".flow", ROOT + ".tcp.evidence");
        for (String each : packages) {
            String root = each.equals(ROOT + "." + CLUSTER) ? "src/cluster/java" : "src/main/java";
            Path said = Path.of(root, each.replace('.', '/'), "package-info.java");
            assertThat(said).exists();
            assertThat(Files.readString(said)).as(said.toString()).containsSubsequence("/**", "Lent: ", "Given: ");
        }
    }

    /** NullAway looks at no other: there a null that nobody expects would be found by a user. */
    @Test
    void everyPackageIsNullMarked() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> all = files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> file.resolveSibling("package-info.java"))
                    .distinct()
                    .toList();
            assertThat(all).hasSizeGreaterThan(FLOORS.size());
            for (Path each : all) {
                assertThat(Files.readString(each)).as(each.toString()).containsPattern("\\*/\n@NullMarked\npackage ");
            }
        }
    }

    @Test
    void aFloorUsesOnlyThoseBelow() {
        for (int i = 0; i < FLOORS.size() - 1; i++) {
            String[] above = FLOORS.subList(i + 1, FLOORS.size()).stream()
                    .map(FloorsTest::floor)
                    .toArray(String[]::new);
            holds(noClasses()
                    .that()
                    .resideInAPackage(floor(FLOORS.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(above));
        }
    }

    @Test
    void nothingUsesTheLibraryAndTheLibraryUsesNoCli() {
        holds(noClasses().that(DescribedPredicate.not(on(BESIDE))).should().dependOnClassesThat(on(BESIDE)));
        holds(noClasses().that(on(BESIDE)).should().dependOnClassesThat(on("cli")));
    }

    @Test
    void nothingUsesTheClusterAndTheClusterUsesNeitherCliNorTheLibrary() {
        holds(noClasses().that(DescribedPredicate.not(on(CLUSTER))).should().dependOnClassesThat(on(CLUSTER)));
        holds(noClasses()
                .that(on(CLUSTER))
                .should()
                .dependOnClassesThat(on("cli").or(on(BESIDE))));
    }

    @Test
    void sparkIsKnownInTheClusterOnly() {
        holds(noClasses()
                .that(DescribedPredicate.not(on(CLUSTER)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala.."));
    }

    /** What a user of the library can name: the rest may change. */
    @Test
    void theLibrarysSignaturesNameJavaJunitAndItselfOnly() {
        List<String> foreign = new ArrayList<>();
        for (JavaClass type : OURS.that(on(BESIDE))) {
            if (type.getModifiers().contains(JavaModifier.PUBLIC)) {
                foreign.addAll(Signatures.foreign(type.reflect(), ROOT + "." + BESIDE));
            }
        }
        assertThat(foreign).isEmpty();
        assertThat(Signatures.foreign(JsonReporter.class, ROOT + "." + BESIDE))
                .contains("JsonReporter.flow: tcpflowcheck.flow.Flow");
    }

    @Test
    void junitIsKnownInTheLibraryOnly() {
        holds(noClasses()
                .that(DescribedPredicate.not(on(BESIDE)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.junit..", "org.opentest4j.."));
    }

    @Test
    void picocliIsKnownInCliOnly() {
        holds(noClasses()
                .that(DescribedPredicate.not(on("cli")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli.."));
    }

    @Test
    void jansiIsKnownInOneClassOnly() {
        DescribedPredicate<JavaClass> style = new DescribedPredicate<>("Style of report") {
            @Override
            public boolean test(JavaClass type) {
                return type.getName().matches(ROOT + "\\.report\\.Style(\\$.*)?");
            }
        };
        holds(noClasses()
                .that(DescribedPredicate.not(style))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.fusesource.."));
    }

    @Test
    void pcap4jAndJnaAreKnownInCaptureOnly() {
        holds(noClasses()
                .that(DescribedPredicate.not(on("capture")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.pcap4j..", "com.sun.jna.."));
    }

    @Test
    void noNameSaysNothing() {
        holds(noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..manager..", "..helper..", "..impl..")
                .orShould()
                .haveNameMatching(".*(Impl|Manager|Helper|Utils?)(\\$.*)?"));
    }

    @Test
    void hotFloorsUseNothingThatAllocatesUnseen() {
        holds(noClasses()
                .that()
                .resideInAnyPackage(HOT)
                .and()
                .doNotHaveSimpleName("Libpcap") // lists interfaces, whose addresses pcap4j gives in no other way
                .should()
                .dependOnClassesThat(resideInAPackage("java.util.stream..")
                        .or(assignableTo(Optional.class))
                        .or(assignableTo(InetAddress.class))));
    }

    @Test
    void hotFloorsDoNotFormat() {
        holds(noClasses()
                .that()
                .resideInAnyPackage(HOT)
                .should()
                .callMethodWhere(target(owner(assignableTo(String.class))).and(target(nameMatching("format(ted)?")))));
    }

    private static DescribedPredicate<JavaClass> on(String floor) {
        return resideInAnyPackage(floor(floor));
    }
}
