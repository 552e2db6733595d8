@NullMarked
package dev.lowgear.contract;

import org.jspecify.annotations.NullMarked;
