package dev.lowgear.launcher.architecture;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A module of the product: its root package, and the modules that it may know. */
enum ProductModule {
    CORE("core"),
    GUARDIAN("guardian", CORE),
    PERFORMANCE("performance", CORE),
    CONTRACT("contract", CORE),
    INFRASTRUCTURE("infrastructure"),
    GATEWAY("gateway", CORE, CONTRACT),
    AGENT("agent", CORE, CONTRACT, GUARDIAN),
    SCHEDULER("scheduler", CORE, CONTRACT),
    MODEL("model", CORE, CONTRACT, PERFORMANCE),
    SIMULATOR("simulator", CORE, PERFORMANCE),
    LAUNCHER("launcher", CORE, CONTRACT, SIMULATOR, INFRASTRUCTURE);

    static final String ROOT = "dev.lowgear";

    private final String packageName;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<ProductModule> knows;

    ProductModule(String packageName, ProductModule... knows) {
        this.packageName = packageName;
        this.knows = List.of(knows);
    }

    /** Its root package and all below, as ArchUnit writes it. */
    String packages() {
        return ROOT + "." + packageName + "..";
    }

    /** The packages that it must not know. */
    String[] forbidden() {
        return Arrays.stream(values())
                .filter(other -> other != this && !knows.contains(other))
                .map(ProductModule::packages)
                .toArray(String[]::new);
    }

    static Optional<ProductModule> of(String packageOfClass) {
        return Stream.of(values())
                .filter(module ->
                        (packageOfClass + ".").startsWith(ROOT + "." + module.packageName + "."))
                .findFirst();
    }
}
