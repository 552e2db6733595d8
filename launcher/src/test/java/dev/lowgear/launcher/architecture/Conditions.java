package dev.lowgear.launcher.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import java.util.function.Predicate;

/** Conditions about a class alone. */
final class Conditions {
    private Conditions() {}

    /** Satisfied by the classes that match. */
    static ArchCondition<JavaClass> match(String description, Predicate<JavaClass> predicate) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                events.add(
                        new SimpleConditionEvent(
                                type, predicate.test(type), type.getName() + ": " + description));
            }
        };
    }
}
