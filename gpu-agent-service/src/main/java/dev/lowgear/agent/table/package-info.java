/** Performance tables as they are published. */
@NullMarked
package dev.lowgear.agent.table;

import org.jspecify.annotations.NullMarked;
