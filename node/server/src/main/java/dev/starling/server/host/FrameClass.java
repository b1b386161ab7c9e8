package dev.starling.server.host;

/**
 * What nodes carry to each other, the most urgent first. Each class has a queue and an order of its
 * own; {@code docs/ARCHITECTURE.md} says what they share of a stream.
 */
public enum FrameClass {
  /** Signals and broadcasts, and what became of them. */
  RELAY,
  /** All about rooms: what owners push, acknowledge, forward, compare and repair. */
  REPLICATION,
  /** What operators ask of other nodes, and the answers: it can wait. */
  INQUIRY
}
