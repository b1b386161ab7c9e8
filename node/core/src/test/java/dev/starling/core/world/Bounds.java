package dev.starling.core.world;

import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.room.RoomConfig;
import dev.starling.core.session.SessionConfig;

/** The bounds of a node under test; small enough to be reached. */
record Bounds(
    int requestsInFlight,
    int retainedEvents,
    int knownSenders,
    SessionConfig.Rates rates,
    int rooms,
    int members) {
  static final long GRACE = 4 * Timeline.SECONDS;
  static final long RESUME = 120 * Timeline.SECONDS;
  static final long HEARTBEAT = 5 * Timeline.SECONDS;
  static final long REQUEST = 9_500 * Timeline.MILLIS;
  static final long HELLO = 10 * Timeline.SECONDS;
  static final long VACANT = 60 * Timeline.SECONDS;
  static final int CHAT_BYTES = 100;
  static final int PROFILE_BYTES = 60;
  static final int CHAT_MESSAGES = 20;

  /** Room for everything but a flood. */
  static final Bounds WIDE =
      new Bounds(100, 1_000, 100, new SessionConfig.Rates(10_000, 10_000, 1_000_000), 5, 10);

  static Bounds retaining(int events) {
    return new Bounds(100, events, 100, WIDE.rates, 5, 10);
  }

  static Bounds inFlight(int requests) {
    return new Bounds(requests, 1_000, 100, WIDE.rates, 5, 10);
  }

  static Bounds rated(int messagesPerSecond, int burst) {
    return new Bounds(
        100, 1_000, 100, new SessionConfig.Rates(messagesPerSecond, burst, 1_000_000), 5, 10);
  }

  SessionConfig session() {
    return new SessionConfig(
        GRACE,
        RESUME,
        HEARTBEAT,
        Timeline.SECONDS,
        REQUEST,
        requestsInFlight,
        2 * requestsInFlight,
        retainedEvents,
        1_000_000,
        knownSenders,
        rates,
        new ClientLimits(64 * 1024, rooms, members, CHAT_BYTES, PROFILE_BYTES));
  }

  RoomConfig room() {
    return new RoomConfig(members, CHAT_MESSAGES, 5, VACANT);
  }
}
