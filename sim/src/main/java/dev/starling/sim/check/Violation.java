package dev.starling.sim.check;

/**
 * Something that must never be.
 *
 * @param invariant its name
 * @param atNanos virtual time
 * @param detail whom it concerns, and what was seen
 */
public record Violation(String invariant, long atNanos, String detail) {}
