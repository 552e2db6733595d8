/** One thread decides: drain the inbox, tell the control plane, hand out its answers. */
@NullMarked
package dev.lowgear.scheduler.loop;

import org.jspecify.annotations.NullMarked;
