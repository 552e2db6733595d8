@NullMarked
package dev.lowgear.scheduler.directive;

import org.jspecify.annotations.NullMarked;
