/** Test support that other modules use too. */
@NullMarked
package dev.lowgear.core;

import org.jspecify.annotations.NullMarked;
