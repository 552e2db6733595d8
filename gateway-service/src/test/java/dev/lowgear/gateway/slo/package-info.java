@NullMarked
package dev.lowgear.gateway.slo;

import org.jspecify.annotations.NullMarked;
