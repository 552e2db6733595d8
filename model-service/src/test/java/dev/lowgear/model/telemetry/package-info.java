@NullMarked
package dev.lowgear.model.telemetry;

import org.jspecify.annotations.NullMarked;
