package dev.starling.server.auth;

import org.jspecify.annotations.Nullable;

/**
 * What is asked of a token's claims beside their form.
 *
 * @param issuer what {@code iss} must be, or null for anything
 * @param audience what {@code aud} must be or contain, or null for anything
 * @param leewayMillis how far the clock of whoever signs may be off
 */
public record ClaimRules(@Nullable String issuer, @Nullable String audience, long leewayMillis) {}
