/** What every HTTP exchange has in common: request ids, errors, health. */
@NullMarked
package dev.lowgear.gateway.web;

import org.jspecify.annotations.NullMarked;
