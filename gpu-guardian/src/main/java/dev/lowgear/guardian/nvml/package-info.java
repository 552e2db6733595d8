/**
 * NVIDIA's management library through JNA: clocks to set, and what can be read. Names, codes, field
 * numbers and struct offsets are those of {@code nvml.h}.
 */
@NullMarked
package dev.lowgear.guardian.nvml;

import org.jspecify.annotations.NullMarked;
