/** What runs on one machine: its parts, ports, folders and artefacts. */
@NullMarked
package dev.lowgear.launcher.stack;

import org.jspecify.annotations.NullMarked;
