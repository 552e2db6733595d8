/** What no module may do, each rule proven to notice a planted violation. */
@NullMarked
package dev.lowgear.launcher.architecture;

import org.jspecify.annotations.NullMarked;
