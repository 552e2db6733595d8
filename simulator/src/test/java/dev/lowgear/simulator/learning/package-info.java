@NullMarked
package dev.lowgear.simulator.learning;

import org.jspecify.annotations.NullMarked;
