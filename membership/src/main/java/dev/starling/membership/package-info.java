/**
 * What nodes say of each other: who a node is in one life, where it is reached, what it does, and
 * facts about it that are ordered so that every node ends with the same one. Nothing here does I/O,
 * reads a clock or draws a random number of its own.
 */
@NullMarked
package dev.starling.membership;

import org.jspecify.annotations.NullMarked;
