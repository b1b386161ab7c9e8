package dev.starling.server.config;

/**
 * One of several secrets.
 *
 * @param name tells it from the others; not secret itself
 */
public record NamedSecret(String name, Secret secret) {}
