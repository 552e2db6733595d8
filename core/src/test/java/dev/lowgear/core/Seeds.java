package dev.lowgear.core;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A property: the test method runs once per seed, with a {@link SplittableRandom} of that seed as
 * its first argument. A failing case is named after its seed: {@code -Dseed=42} reruns that one,
 * {@code -Dseeds=1000} runs more of them.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{argumentSetName}")
@ArgumentsSource(Seeds.Randoms.class)
public @interface Seeds {
    /** How many seeds, counted from 1. */
    int count() default 100;

    /** One generator per seed. */
    final class Randoms implements ArgumentsProvider, AnnotationConsumer<Seeds> {
        private int count;

        @Override
        public void accept(Seeds seeds) {
            count = Integer.getInteger("seeds", seeds.count());
        }

        @Override
        public Stream<Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            return seeds().mapToObj(seed ->
                    Arguments.argumentSet("seed " + seed, new SplittableRandom(seed)));
        }

        LongStream seeds() {
            Long only = Long.getLong("seed");
            return only == null ? LongStream.rangeClosed(1, count) : LongStream.of(only);
        }
    }
}
