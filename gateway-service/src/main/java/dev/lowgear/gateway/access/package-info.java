/** Who may do what: tenants and their API keys. */
@NullMarked
package dev.lowgear.gateway.access;

import org.jspecify.annotations.NullMarked;
