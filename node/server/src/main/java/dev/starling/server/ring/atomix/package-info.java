/**
 * The ring through Atomix: its services for members, events and discovery over this project's own
 * protocol and transports. Nothing outside of this package knows Atomix; see decision 0007.
 */
@NullMarked
package dev.starling.server.ring.atomix;

import org.jspecify.annotations.NullMarked;
