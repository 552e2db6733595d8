/** Who is served when, and who waits. */
@NullMarked
package dev.lowgear.core.admission;

import org.jspecify.annotations.NullMarked;
