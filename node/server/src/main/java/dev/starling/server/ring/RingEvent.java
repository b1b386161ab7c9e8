package dev.starling.server.ring;

/** What happened to a node of the ring. */
public sealed interface RingEvent {
  /** Whom it happened to, as it is now. */
  RingNode node();

  /** It takes part from now on; a restart is another life and comes after the end of the former. */
  record Came(RingNode node) implements RingEvent {}

  /** It says something else of itself. */
  record Described(RingNode node) implements RingEvent {}

  /** Whether it can be reached changed. */
  record Reached(RingNode node) implements RingEvent {}

  /** It is dead or has left. */
  record Gone(RingNode node) implements RingEvent {}
}
