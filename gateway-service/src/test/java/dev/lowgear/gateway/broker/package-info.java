@NullMarked
package dev.lowgear.gateway.broker;

import org.jspecify.annotations.NullMarked;
