/** The command line of operators: asks a node over gRPC, and prints what it says. */
@NullMarked
package dev.starling.tools.ctl;

import org.jspecify.annotations.NullMarked;
