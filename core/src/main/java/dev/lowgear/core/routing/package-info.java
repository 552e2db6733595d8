/** Which engine takes a request. */
@NullMarked
package dev.lowgear.core.routing;

import org.jspecify.annotations.NullMarked;
