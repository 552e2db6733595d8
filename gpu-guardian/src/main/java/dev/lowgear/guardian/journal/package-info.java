/** The guardian's memory of what it has locked. */
@NullMarked
package dev.lowgear.guardian.journal;

import org.jspecify.annotations.NullMarked;
