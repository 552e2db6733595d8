@NullMarked
package dev.lowgear.core.slo;

import org.jspecify.annotations.NullMarked;
