/** Which engines there are, as their agents announce them. */
@NullMarked
package dev.lowgear.model.fleet;

import org.jspecify.annotations.NullMarked;
