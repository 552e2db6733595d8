@NullMarked
package dev.lowgear.scheduler.slo;

import org.jspecify.annotations.NullMarked;
