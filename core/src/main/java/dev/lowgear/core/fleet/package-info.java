/** Who is who: engines and agents. */
@NullMarked
package dev.lowgear.core.fleet;

import org.jspecify.annotations.NullMarked;
