@NullMarked
package dev.lowgear.scheduler.shard;

import org.jspecify.annotations.NullMarked;
