package dev.starling.server.config;

import java.util.List;

/** The settings that bound what clients can take up. */
final class LimitTable {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  /** How many clients at their own rate a user, and an address, may be by default. */
  private static final int USER_FACTOR = NodeSettings.Limits.USER_FACTOR;

  private static final int ADDRESS_FACTOR = NodeSettings.Limits.ADDRESS_FACTOR;

  private static final String USER = "all sessions of a user";
  private static final String ADDRESS = "all connections of an address";
  private static final SettingRows ROWS = new SettingRows();

  static final Setting<Integer> MESSAGE_BYTES =
      ROWS.number(
          "limits.messageBytes",
          "bytes",
          KIB,
          16 * MIB,
          64 * KIB,
          "The largest message that a client may send.");
  static final Setting<Integer> JSON_DEPTH =
      ROWS.number(
          "limits.jsonDepth", "levels", 4, 64, 32, "How deep JSON from a client may be nested.");
  static final Setting<Integer> CONNECTIONS =
      ROWS.number(
          "limits.connections",
          "connections",
          1,
          1_000_000,
          20_000,
          "How many connections the node takes; more are refused.");
  static final Setting<Integer> CONNECTIONS_PER_ADDRESS =
      ROWS.number(
          "limits.connectionsPerAddress",
          "connections",
          1,
          1_000_000,
          1000,
          "How many of them may come from one address.");
  static final Setting<Integer> CONNECTIONS_PER_SECOND_PER_ADDRESS =
      ROWS.number(
          "limits.connectionsPerSecondPerAddress",
          "connections a second",
          1,
          1_000_000,
          50,
          "How fast new connections may come from one address. All limits for addresses count an"
              + " address of IPv4, or the /64 that one of IPv6 is in.");
  static final Setting<Integer> CONNECTIONS_PER_SECOND =
      ROWS.number(
          "limits.connectionsPerSecond",
          "connections a second",
          1,
          1_000_000,
          5000,
          "How fast new connections may come in all.");
  static final Setting<Integer> SILENT_CONNECTIONS =
      ROWS.number(
          "limits.silentConnections",
          "connections",
          1,
          1_000_000,
          8192,
          "How many connections may be at their TLS handshake or first request at the same time.");
  static final Setting<Integer> REFUSED_HELLOS_PER_MINUTE =
      ROWS.number(
          "limits.refusedHellosPerMinute",
          "hellos a minute",
          1,
          1_000_000,
          300,
          "How many hellos of one address may be refused, for a bad token or for being none, and how"
              + " many credentials for the API, before the next aren't looked at for a while.");
  static final Setting<Integer> MEMORY_MIB =
      ROWS.optional(
          "limits.memoryMib",
          Kind.wholeNumber("MiB", 4, 1_000_000),
          "half of the heap's largest size",
          "How much the node may hold for its clients; see docs/OPERATIONS.md for what is counted"
              + " and what happens near it.");
  static final Setting<Integer> SESSIONS_PER_USER =
      ROWS.number(
          "limits.sessionsPerUser",
          "sessions",
          1,
          1_000_000,
          1000,
          "How many sessions a user may have on the node, those without a connection included.");
  static final Setting<Integer> ROOMS =
      ROWS.number("limits.rooms", "rooms", 1, 10_000_000, 20_000, "How many rooms the node holds.");
  static final Setting<Integer> ROOMS_PER_SESSION =
      ROWS.number(
          "limits.roomsPerSession", "rooms", 1, 1024, 16, "How many rooms a session may be in.");
  static final Setting<Integer> MEMBERS_PER_ROOM =
      ROWS.number(
          "limits.membersPerRoom", "members", 2, 10_000, 256, "How many members a room may have.");
  static final Setting<Integer> CHAT_BYTES =
      ROWS.number(
          "limits.chatBytes", "bytes", 64, MIB, 8 * KIB, "The largest payload of a chat message.");
  static final Setting<Integer> PROFILE_BYTES =
      ROWS.number(
          "limits.profileBytes", "bytes", 64, MIB, 4 * KIB, "The largest profile of a member.");
  static final Setting<Integer> MESSAGES_PER_SECOND =
      ROWS.number(
          "limits.messagesPerSecond",
          "messages a second",
          1,
          1_000_000,
          200,
          "How many messages a client may send in the long run.");
  static final Setting<Integer> MESSAGE_BURST =
      ROWS.number(
          "limits.messageBurst",
          "messages",
          1,
          1_000_000,
          400,
          "How many it may send at once after a silence.");
  static final Setting<Integer> BYTES_PER_SECOND =
      ROWS.number(
          "limits.bytesPerSecond",
          "bytes a second",
          KIB,
          1024 * MIB,
          MIB,
          "How many bytes a client may send in the long run.");
  static final Setting<Integer> MESSAGES_PER_SECOND_PER_USER =
      shared(
          "limits.messagesPerSecondPerUser",
          "messages a second",
          USER_FACTOR,
          "messagesPerSecond",
          USER);
  static final Setting<Integer> BYTES_PER_SECOND_PER_USER =
      shared("limits.bytesPerSecondPerUser", "bytes a second", USER_FACTOR, "bytesPerSecond", USER);
  static final Setting<Integer> MESSAGES_PER_SECOND_PER_ADDRESS =
      shared(
          "limits.messagesPerSecondPerAddress",
          "messages a second",
          ADDRESS_FACTOR,
          "messagesPerSecond",
          ADDRESS);
  static final Setting<Integer> BYTES_PER_SECOND_PER_ADDRESS =
      shared(
          "limits.bytesPerSecondPerAddress",
          "bytes a second",
          ADDRESS_FACTOR,
          "bytesPerSecond",
          ADDRESS);
  static final Setting<Integer> OUTBOUND_BYTES =
      ROWS.number(
          "limits.outboundBytes",
          "bytes",
          16 * KIB,
          1024 * MIB,
          MIB,
          "How much may wait to be written to one client; one that falls further behind is"
              + " closed.");
  static final Setting<Integer> UNCONFIRMED_EVENTS =
      ROWS.number(
          "limits.unconfirmedEvents",
          "events",
          16,
          100_000,
          1024,
          "How many events are kept for a client that has not confirmed them.");
  static final Setting<Integer> UNCONFIRMED_BYTES =
      ROWS.number(
          "limits.unconfirmedBytes",
          "bytes",
          16 * KIB,
          1024 * MIB,
          MIB,
          "How many bytes those events may take up.");
  static final Setting<Integer> HANDSHAKE_MS =
      ROWS.number(
          "limits.handshakeMs",
          "milliseconds",
          100,
          10_000,
          10_000,
          "Within what time a WebSocket connection must have said hello.");
  static final Setting<Integer> HEADER_MS =
      ROWS.number(
          "limits.headerMs",
          "milliseconds",
          100,
          60_000,
          5000,
          "Within what time a connection must have finished TLS and its first HTTP request.");
  static final Setting<Integer> HEADER_BYTES =
      ROWS.number(
          "limits.headerBytes",
          "bytes",
          KIB,
          MIB,
          8 * KIB,
          "The largest header of an HTTP request.");
  static final Setting<Integer> REQUESTS_IN_FLIGHT =
      ROWS.number(
          "limits.requestsInFlight",
          "requests",
          1,
          65_536,
          256,
          "How many requests of one client may be unanswered.");

  static final List<Setting<?>> ALL = ROWS.list();

  private LimitTable() {}

  /** A rate that several clients share; by default a multiple of what one may send. */
  private static Setting<Integer> shared(
      String name, String unit, int factor, String single, String who) {
    return ROWS.optional(
        name,
        Kind.wholeNumber(unit, 1, Integer.MAX_VALUE),
        factor + " times `limits." + single + "`",
        "How much "
            + who
            + " may send together in the long run; twice as many messages, or as many bytes, at"
            + " once after a silence.");
  }
}
