/** Child processes that end with their parent. */
@NullMarked
package dev.lowgear.infrastructure.process;

import org.jspecify.annotations.NullMarked;
