/**
 * Who may come in: room tokens (JWT signed with a shared secret), guests where they are let in,
 * credentials for TURN servers, and the key that development runs on.
 */
@NullMarked
package dev.starling.server.auth;

import org.jspecify.annotations.NullMarked;
