@NullMarked
package dev.lowgear.agent.engine.simulated;

import org.jspecify.annotations.NullMarked;
