/** Which engines are ours: shards, their epochs and what earlier owners left. */
@NullMarked
package dev.lowgear.scheduler.shard;

import org.jspecify.annotations.NullMarked;
