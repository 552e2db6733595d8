@NullMarked
package dev.lowgear.benchmarks;

import org.jspecify.annotations.NullMarked;
