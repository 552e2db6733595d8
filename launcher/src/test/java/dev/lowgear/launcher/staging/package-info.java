/** The staging system's files, checked without a Docker engine. */
@NullMarked
package dev.lowgear.launcher.staging;

import org.jspecify.annotations.NullMarked;
