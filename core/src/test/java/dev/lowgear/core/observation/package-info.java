@NullMarked
package dev.lowgear.core.observation;

import org.jspecify.annotations.NullMarked;
