package dev.lowgear.launcher.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;

import dev.lowgear.contract.planted.KnowsTheGateway;
import dev.lowgear.core.planted.CallsMathPow;
import dev.lowgear.core.planted.IteratesOverAHashMap;
import dev.lowgear.core.planted.KnowsAService;
import dev.lowgear.core.planted.LogsSomething;
import dev.lowgear.core.planted.ReadsTheClock;
import dev.lowgear.gateway.planted.ClockManager;
import dev.lowgear.gateway.planted.KnowsSpring;
import dev.lowgear.gateway.planted.Sleeps;
import dev.lowgear.gateway.planted.util.Dumped;
import dev.lowgear.simulator.planted.KnowsTheContract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class ArchitectureTest {

    /**
     * A rule and a class that breaks it.
     *
     * @param rule the rule
     * @param violation classes planted in this module's tests
     */
    record Guarded(ArchRule rule, List<Class<?>> violation) {
        Guarded(ArchRule rule, Class<?>... violation) {
            this(rule, List.of(violation));
        }

        @Override
        public String toString() {
            return violation.stream().map(Class::getSimpleName).collect(Collectors.joining());
        }
    }

    static Stream<Guarded> rules() {
        return Stream.of(
                new Guarded(Rules.dependenciesOf(ProductModule.CORE), KnowsAService.class),
                new Guarded(Rules.dependenciesOf(ProductModule.CONTRACT), KnowsTheGateway.class),
                new Guarded(Rules.dependenciesOf(ProductModule.SIMULATOR), KnowsTheContract.class),
                new Guarded(Rules.coreKnowsNoFramework(), LogsSomething.class),
                new Guarded(Rules.coreIsDeterministic(), ReadsTheClock.class),
                new Guarded(Rules.coreUsesStrictMath(), CallsMathPow.class),
                new Guarded(Rules.coreHasNoHashOrder(), IteratesOverAHashMap.class),
                new Guarded(
                        Rules.physicsIsForSimulationOnly(),
                        dev.lowgear.gateway.planted.KnowsPhysics.class),
                new Guarded(Rules.namesSayWhatThingsAre(), ClockManager.class),
                new Guarded(Rules.packagesAreConcepts(), Dumped.class),
                new Guarded(Rules.springStaysAtTheEdge(), KnowsSpring.class),
                new Guarded(Rules.nobodySleeps(), Sleeps.class),
                new Guarded(
                        Rules.packagesFormNoCycles(ProductModule.GATEWAY),
                        dev.lowgear.gateway.plantedone.One.class,
                        dev.lowgear.gateway.plantedtwo.Two.class));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(Guarded guarded) {
        guarded.rule().check(Product.CLASSES);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void noticesAViolation(Guarded guarded) {
        var planted = new ClassFileImporter().importClasses(guarded.violation());
        assertThatThrownBy(() -> guarded.rule().check(planted)).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @EnumSource(ProductModule.class)
    void everyModuleKnowsOnlyThoseBelowIt(ProductModule module) {
        Rules.dependenciesOf(module).check(Product.CLASSES);
    }

    @ParameterizedTest
    @EnumSource(ProductModule.class)
    void packagesFormNoCycles(ProductModule module) {
        Rules.packagesFormNoCycles(module).check(Product.CLASSES);
    }

    @Test
    void everyClassBelongsToAModuleAndEveryModuleWasSeen() {
        assertThat(
                        Product.CLASSES.stream()
                                .map(type -> ProductModule.of(type.getPackageName()).orElseThrow()))
                .containsOnly(ProductModule.values());
    }

    @Test
    void everyPackageIsNullMarked() {
        var marked =
                Product.CLASSES.stream()
                        .filter(type -> type.getSimpleName().equals("package-info"))
                        .filter(type ->
                                type.isAnnotatedWith(org.jspecify.annotations.NullMarked.class))
                        .map(type -> type.getPackageName())
                        .collect(Collectors.toSet());
        assertThat(Product.CLASSES).allMatch(type -> marked.contains(type.getPackageName()));
    }
}
