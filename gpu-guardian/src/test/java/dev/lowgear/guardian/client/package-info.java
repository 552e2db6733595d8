@NullMarked
package dev.lowgear.guardian.client;

import org.jspecify.annotations.NullMarked;
