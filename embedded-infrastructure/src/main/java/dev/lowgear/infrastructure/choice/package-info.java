/** Where the broker and the databases that tests share come from. */
@NullMarked
package dev.lowgear.infrastructure.choice;

import org.jspecify.annotations.NullMarked;
