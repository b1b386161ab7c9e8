package dev.starling.server.store;

/**
 * How a store is.
 *
 * @param message one sentence or two for an operator: what is, and where it isn't well what to do
 */
public record StoreStatus(StoreState state, String message) {}
