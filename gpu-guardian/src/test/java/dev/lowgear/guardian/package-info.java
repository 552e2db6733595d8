@NullMarked
package dev.lowgear.guardian;

import org.jspecify.annotations.NullMarked;
