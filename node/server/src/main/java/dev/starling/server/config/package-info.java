/**
 * A node's settings: built-in defaults, below a file, below the environment, below {@code --set}.
 * One table names every setting with its kind, default and meaning; reading, checking, the
 * environment's names and the reference in {@code docs/CONFIGURATION.md} all follow it. What comes
 * out is a tree of immutable records; nobody asks for a setting by its name after that.
 */
@NullMarked
package dev.starling.server.config;

import org.jspecify.annotations.NullMarked;
