/** Which engines there are, and which of them can be reached. */
@NullMarked
package dev.lowgear.gateway.fleet;

import org.jspecify.annotations.NullMarked;
