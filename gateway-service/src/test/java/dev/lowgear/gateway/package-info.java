/** The gateway as its clients see it. */
@NullMarked
package dev.lowgear.gateway;

import org.jspecify.annotations.NullMarked;
