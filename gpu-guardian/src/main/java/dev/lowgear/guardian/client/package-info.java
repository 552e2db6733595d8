/** How an agent asks its node's guardian for clocks. */
@NullMarked
package dev.lowgear.guardian.client;

import org.jspecify.annotations.NullMarked;
