package dev.starling.server.config;

import java.util.List;

/** The settings that bound what clients can take up. */
final class LimitTable {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;
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
          "How fast new connections may come from one address.");
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
}
