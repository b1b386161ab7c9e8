/** Tests of the command line of operators. */
@NullMarked
package dev.starling.tools.ctl;

import org.jspecify.annotations.NullMarked;
