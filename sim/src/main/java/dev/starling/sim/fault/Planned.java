package dev.starling.sim.fault;

/** A fault and when it happens. */
public record Planned(long atNanos, Fault fault) {}
