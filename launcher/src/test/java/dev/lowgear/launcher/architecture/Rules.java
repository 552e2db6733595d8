package dev.lowgear.launcher.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

import java.util.Set;
import java.util.regex.Pattern;

/** The rules of docs/architecture.md that a machine can watch. */
final class Rules {
    private static final String CORE = ProductModule.CORE.packages();

    private static final String[] SERVICES = {
        ProductModule.GATEWAY.packages(),
        ProductModule.AGENT.packages(),
        ProductModule.SCHEDULER.packages(),
        ProductModule.MODEL.packages()
    };

    private static final Set<String> EXACT_MATH =
            Set.of(
                    "abs",
                    "max",
                    "min",
                    "clamp",
                    "sqrt",
                    "floorDiv",
                    "floorMod",
                    "ceilDiv",
                    "ceilDivExact",
                    "addExact",
                    "subtractExact",
                    "multiplyExact",
                    "multiplyHigh",
                    "toIntExact",
                    "negateExact",
                    "incrementExact",
                    "round",
                    "floor",
                    "ceil",
                    "rint",
                    "signum",
                    "fma",
                    "scalb",
                    "nextUp",
                    "nextDown",
                    "ulp",
                    "getExponent");

    private static final Pattern POOR_NAME =
            Pattern.compile(
                    ".*(Impl|Util|Utils|Helper|Helpers|Manager|Processor|Handler|Data|Info)"
                            + "|(Common|Default|Abstract)[A-Z].*");

    private static final Pattern POOR_PACKAGE =
            Pattern.compile(".*\\.(util|utils|common|impl|dto|shared|helper|misc)(\\..*)?");

    private static final Pattern SPRING_EDGE =
            Pattern.compile(
                    ".*(Application|Configuration|Properties|Controller|Listener|Publisher|Store"
                            + "|Client)");

    private Rules() {}

    /** Arrows only downwards: a module knows only those below it. */
    static ArchRule dependenciesOf(ProductModule module) {
        return noClasses()
                .that()
                .resideInAPackage(module.packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(module.forbidden())
                .because("of the dependency rule (docs/architecture.md)")
                .allowEmptyShould(true);
    }

    /** Core uses the JDK's pure parts and nothing else. */
    static ArchRule coreKnowsNoFramework() {
        return classes()
                .that()
                .resideInAPackage(CORE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        CORE,
                        "java.lang",
                        "java.lang.annotation",
                        "java.lang.invoke",
                        "java.lang.runtime",
                        "java.math",
                        "java.time",
                        "java.time.temporal",
                        "java.util",
                        "java.util.function",
                        "java.util.random",
                        "java.util.regex",
                        "java.util.stream",
                        "org.jspecify.annotations")
                .because("core does no I/O, has no threads, logger or framework");
    }

    /** Core's results depend on its arguments alone, on every machine. */
    static ArchRule coreIsDeterministic() {
        return noClasses()
                .that()
                .resideInAPackage(CORE)
                .should()
                .accessTargetWhere(
                        describe(
                                "reads a clock, draws randomness or meets threads",
                                Rules::isImpure))
                .because("time and randomness come in as arguments");
    }

    /** Math's transcendental functions may differ from machine to machine, StrictMath's do not. */
    static ArchRule coreUsesStrictMath() {
        return noClasses()
                .that()
                .resideInAPackage(CORE)
                .should()
                .accessTargetWhere(
                        describe(
                                "calls a function of Math that is not exact",
                                access ->
                                        access.getTargetOwner().isEquivalentTo(Math.class)
                                                && !EXACT_MATH.contains(
                                                        access.getTarget().getName())))
                .because("recorded inputs replayed give the same decisions, bit for bit");
    }

    /** A hash table's order differs from run to run, or from release to release. */
    static ArchRule coreHasNoHashOrder() {
        return noClasses()
                .that()
                .resideInAPackage(CORE)
                .should()
                .accessTargetWhere(
                        describe("makes a hash-ordered collection", Rules::makesHashOrder))
                .because("iterating over it would make decisions differ");
    }

    /** The physics of the simulated engine must not leak into what decides. */
    static ArchRule physicsIsForSimulationOnly() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.lowgear.core.physics..",
                        ProductModule.SIMULATOR.packages(),
                        ProductModule.AGENT.packages())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.lowgear.core.physics..")
                .because("a controller that knows the physics would only prove itself");
    }

    static ArchRule namesSayWhatThingsAre() {
        return noClasses()
                .that()
                .resideInAPackage(ProductModule.ROOT + "..")
                .should(
                        Conditions.match(
                                "have a name that says nothing",
                                type -> POOR_NAME.matcher(type.getSimpleName()).matches()))
                .because("a name is the noun of the domain");
    }

    static ArchRule packagesAreConcepts() {
        return noClasses()
                .that()
                .resideInAPackage(ProductModule.ROOT + "..")
                .should(
                        Conditions.match(
                                "live in a dumping ground",
                                type -> POOR_PACKAGE.matcher(type.getPackageName()).matches()))
                .because("a package is a concept");
    }

    /** In a service the framework stays at the edge, in types named for it. */
    static ArchRule springStaysAtTheEdge() {
        return noClasses()
                .that(isServiceClassInside())
                .should()
                .dependOnClassesThat(
                        describe(
                                "Spring's (a status code is a value)",
                                type ->
                                        type.getPackageName().startsWith("org.springframework")
                                                && !type.getName()
                                                        .equals(
                                                                "org.springframework.http.HttpStatus")))
                .because("only edges may know Spring: " + SPRING_EDGE);
    }

    static ArchRule nobodySleeps() {
        return noClasses()
                .that()
                .resideInAPackage(ProductModule.ROOT + "..")
                .should()
                .accessTargetWhere(
                        describe(
                                "sleeps",
                                access ->
                                        access.getTarget().getName().equals("sleep")
                                                && access.getTargetOwner()
                                                        .getPackageName()
                                                        .startsWith("java.")))
                .because("one waits for a condition, with a bound");
    }

    static ArchRule packagesFormNoCycles(ProductModule module) {
        return slices().matching(module.packages().replace("..", ".(*).."))
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaClass> isServiceClassInside() {
        return describe(
                "service classes that are no edge, entity or repository",
                type ->
                        JavaClass.Predicates.resideInAnyPackage(SERVICES).test(type)
                                && !SPRING_EDGE.matcher(outermost(type).getSimpleName()).matches()
                                && !isPersistence(outermost(type)));
    }

    private static JavaClass outermost(JavaClass type) {
        var outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    private static boolean isPersistence(JavaClass type) {
        return type.isAnnotatedWith("jakarta.persistence.Entity")
                || type.isAnnotatedWith("jakarta.persistence.Embeddable")
                || type.getRawInterfaces().stream()
                        .anyMatch(above -> above.getName().startsWith("org.springframework.data."));
    }

    private static boolean isImpure(JavaAccess<?> access) {
        var owner = access.getTargetOwner().getFullName();
        var name = access.getTarget().getName();
        return switch (owner) {
            case "java.lang.System" ->
                    !name.equals("arraycopy") && !name.equals("identityHashCode");
            case "java.lang.Thread", "java.lang.ThreadLocal", "java.lang.Runtime" -> true;
            case "java.util.Random", "java.util.SplittableRandom", "java.util.Timer" -> true;
            case "java.util.UUID" -> name.equals("randomUUID");
            case "java.lang.Math", "java.lang.StrictMath" -> name.equals("random");
            default ->
                    (owner.startsWith("java.time.") && name.equals("now"))
                            || (owner.startsWith("java.util.random.")
                                    && isFactory(access.getTarget()));
        };
    }

    private static boolean isFactory(AccessTarget target) {
        return target.getName().equals("of") || target.getName().equals("getDefault");
    }

    private static boolean makesHashOrder(JavaAccess<?> access) {
        var owner = access.getTargetOwner().getFullName();
        var name = access.getTarget().getName();
        return switch (owner) {
            case "java.util.HashMap", "java.util.HashSet", "java.util.IdentityHashMap" ->
                    name.equals("<init>") && !isSuperCallOfLinked(access);
            case "java.util.Map", "java.util.Set" ->
                    name.equals("of") || name.equals("copyOf") || name.equals("ofEntries");
            case "java.util.stream.Collectors" ->
                    name.startsWith("toSet")
                            || name.startsWith("toUnmodifiableSet")
                            || name.startsWith("toUnmodifiableMap");
            default -> false;
        };
    }

    private static boolean isSuperCallOfLinked(JavaAccess<?> access) {
        return access.getOriginOwner().getFullName().startsWith("java.");
    }
}
