/**
 * The client port: TLS, HTTP and WebSocket on one socket, the native protocol's frames in and out,
 * web files and health.
 */
@NullMarked
package dev.starling.server.edge;

import org.jspecify.annotations.NullMarked;
