/**
 * The log: lines on standard error, for people or as JSON, set up in code so that no file on the
 * class path decides what is logged.
 */
@NullMarked
package dev.starling.server.log;

import org.jspecify.annotations.NullMarked;
