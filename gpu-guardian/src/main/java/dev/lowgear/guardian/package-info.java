/**
 * The guardian: the small privileged process that alone sets GPU clocks, and resets them when
 * nobody renews.
 */
@NullMarked
package dev.lowgear.guardian;

import org.jspecify.annotations.NullMarked;
