@NullMarked
package dev.lowgear.guardian.nvml;

import org.jspecify.annotations.NullMarked;
