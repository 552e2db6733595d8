/** What the processes of a running system take: time to start, processor time, memory. */
@NullMarked
package dev.lowgear.launcher.measure;

import org.jspecify.annotations.NullMarked;
