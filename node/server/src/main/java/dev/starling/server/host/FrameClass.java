package dev.starling.server.host;

/**
 * What nodes carry to each other, the most urgent first. Each class has a queue and an order of its
 * own; {@code docs/ARCHITECTURE.md} says what they share of a stream.
 */
public enum FrameClass {
  /** Signals and broadcasts, and what became of them. */
  RELAY,
  /** What owners of rooms push, acknowledge and forward. */
  REPLICATION,
  /** Anti-entropy: it can wait. */
  REPAIR
}
