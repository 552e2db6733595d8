@NullMarked
package dev.lowgear.gateway.fleet;

import org.jspecify.annotations.NullMarked;
