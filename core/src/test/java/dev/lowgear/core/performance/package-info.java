@NullMarked
package dev.lowgear.core.performance;

import org.jspecify.annotations.NullMarked;
