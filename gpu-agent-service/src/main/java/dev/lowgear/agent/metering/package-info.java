/** Energy by windows and by what it was used for. */
@NullMarked
package dev.lowgear.agent.metering;

import org.jspecify.annotations.NullMarked;
