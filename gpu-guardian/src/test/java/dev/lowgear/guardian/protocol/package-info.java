@NullMarked
package dev.lowgear.guardian.protocol;

import org.jspecify.annotations.NullMarked;
