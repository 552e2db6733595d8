@NullMarked
package dev.lowgear.core.admission;

import org.jspecify.annotations.NullMarked;
