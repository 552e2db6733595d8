@NullMarked
package dev.lowgear.simulator.study;

import org.jspecify.annotations.NullMarked;
