@NullMarked
package dev.lowgear.simulator.report;

import org.jspecify.annotations.NullMarked;
