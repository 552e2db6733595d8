@NullMarked
package dev.lowgear.core.request;

import org.jspecify.annotations.NullMarked;
