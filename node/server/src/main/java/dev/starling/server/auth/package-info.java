/**
 * Who may come in: tokens (JWT signed with a shared secret or a public key) and what was revoked of
 * them, keys of the HTTP API, guests where they are let in, credentials for TURN servers, and the
 * key that development runs on.
 */
@NullMarked
package dev.starling.server.auth;

import org.jspecify.annotations.NullMarked;
