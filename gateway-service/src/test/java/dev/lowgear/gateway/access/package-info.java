@NullMarked
package dev.lowgear.gateway.access;

import org.jspecify.annotations.NullMarked;
