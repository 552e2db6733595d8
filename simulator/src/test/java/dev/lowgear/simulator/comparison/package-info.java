@NullMarked
package dev.lowgear.simulator.comparison;

import org.jspecify.annotations.NullMarked;
