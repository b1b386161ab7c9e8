package dev.starling.sim.fault;

/**
 * A fault and when it happens.
 *
 * @param kind what it is called in tables
 */
public record Planned(long atNanos, String kind, Fault fault) {}
