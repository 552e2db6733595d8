@NullMarked
package dev.lowgear.scheduler;

import org.jspecify.annotations.NullMarked;
