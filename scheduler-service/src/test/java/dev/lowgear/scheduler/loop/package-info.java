@NullMarked
package dev.lowgear.scheduler.loop;

import org.jspecify.annotations.NullMarked;
