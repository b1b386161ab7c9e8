/**
 * The HTTP API for application servers: routes, bodies and answers, off the event loops. It knows
 * nothing of sockets; rooms are reached through the host, among what their members ask. {@code
 * openapi.json} beside it describes every operation, and a test holds the two to each other.
 */
@NullMarked
package dev.starling.server.edge.api;

import org.jspecify.annotations.NullMarked;
