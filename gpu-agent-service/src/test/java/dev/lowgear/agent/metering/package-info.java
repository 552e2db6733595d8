@NullMarked
package dev.lowgear.agent.metering;

import org.jspecify.annotations.NullMarked;
