/** What each request is promised. */
@NullMarked
package dev.lowgear.gateway.slo;

import org.jspecify.annotations.NullMarked;
