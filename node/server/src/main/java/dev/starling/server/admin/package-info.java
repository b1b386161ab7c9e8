/**
 * What operators ask this node: a gRPC service on a port of its own, for callers with a certificate
 * or an admin token, beside the standard services for health and reflection.
 */
@NullMarked
package dev.starling.server.admin;

import org.jspecify.annotations.NullMarked;
