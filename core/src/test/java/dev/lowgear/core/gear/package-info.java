@NullMarked
package dev.lowgear.core.gear;

import org.jspecify.annotations.NullMarked;
