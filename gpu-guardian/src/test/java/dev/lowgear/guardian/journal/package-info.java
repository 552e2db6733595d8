@NullMarked
package dev.lowgear.guardian.journal;

import org.jspecify.annotations.NullMarked;
