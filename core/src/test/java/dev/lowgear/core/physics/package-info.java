@NullMarked
package dev.lowgear.core.physics;

import org.jspecify.annotations.NullMarked;
