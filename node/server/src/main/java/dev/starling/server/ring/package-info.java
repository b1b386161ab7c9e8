/**
 * The ring: runs the membership core on one event loop, and carries its packets as sealed datagrams
 * and over streams with mutual TLS.
 */
@NullMarked
package dev.starling.server.ring;

import org.jspecify.annotations.NullMarked;
