/** What the launcher asks the running services over HTTP. */
@NullMarked
package dev.lowgear.launcher.admin;

import org.jspecify.annotations.NullMarked;
