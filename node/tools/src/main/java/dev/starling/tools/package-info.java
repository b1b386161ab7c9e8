/**
 * The command line beside the server: prints tokens and runs a development cluster. Commands print
 * what was asked for on standard output and everything else on standard error; they end with 0 when
 * done, 1 when refused or failed, 2 for wrong usage and 3 when what they talk to can't be reached.
 */
@NullMarked
package dev.starling.tools;

import org.jspecify.annotations.NullMarked;
