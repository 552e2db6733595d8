@NullMarked
package dev.lowgear.launcher.command;

import org.jspecify.annotations.NullMarked;
