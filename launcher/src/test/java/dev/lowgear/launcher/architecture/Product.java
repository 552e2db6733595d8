package dev.lowgear.launcher.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The compiled classes of every module that is built before this one. */
final class Product {
    /** Built after this module, on top of everything; a left-over build must not be judged. */
    private static final String BENCHMARKS = "benchmarks";

    static final JavaClasses CLASSES = new ClassFileImporter().importPaths(classFolders());

    private Product() {}

    private static List<Path> classFolders() {
        var root = Path.of("").toAbsolutePath().getParent();
        if (root == null) {
            throw new IllegalStateException("not in a module's folder");
        }
        try (var modules = Files.newDirectoryStream(root)) {
            var folders = new ArrayList<Path>();
            for (var module : modules) {
                var classes = module.resolve("target").resolve("classes");
                if (!module.endsWith(BENCHMARKS)
                        && Files.exists(module.resolve("pom.xml"))
                        && Files.isDirectory(classes)) {
                    folders.add(classes);
                }
            }
            return folders;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
