@NullMarked
package dev.lowgear.simulator.policy;

import org.jspecify.annotations.NullMarked;
