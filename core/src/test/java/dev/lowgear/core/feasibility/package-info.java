@NullMarked
package dev.lowgear.core.feasibility;

import org.jspecify.annotations.NullMarked;
