package dev.starling.core.world;

import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.crdt.Role;
import dev.starling.property.Choices;

/** A node and its clients. */
final class World {
  private final Timeline timeline = new Timeline();
  private final Node node;

  World() {
    this(Bounds.WIDE);
  }

  World(Bounds bounds) {
    this(bounds, new Choices(1));
  }

  World(Bounds bounds, Choices choices) {
    this.node = new Node(timeline, bounds, choices.fork());
  }

  Timeline timeline() {
    return timeline;
  }

  Node node() {
    return node;
  }

  /** A token that is good for all rooms and never expires. */
  String token(String user) {
    return token(user, RoomPattern.ANY, Long.MAX_VALUE);
  }

  String token(String user, RoomPattern rooms, long expiresAtNanos) {
    String token = user + " in " + rooms.text() + " until " + expiresAtNanos;
    node.grant(token, new Grant(user, rooms, Role.MEMBER, expiresAtNanos));
    return token;
  }

  /** A moderator's token that is good for all rooms and never expires. */
  String moderatorToken(String user) {
    String token = user + " moderates";
    node.grant(token, new Grant(user, RoomPattern.ANY, Role.MODERATOR, Long.MAX_VALUE));
    return token;
  }

  /** A client with a good token that isn't connected yet. */
  Client stranger(String user) {
    return new Client(timeline, node, token(user));
  }

  /** A client with a session. */
  Client client(String user) {
    Client client = stranger(user);
    client.connect();
    settle();
    return client;
  }

  /** A client with a session that is in a room. */
  Client member(String user, String room) {
    Client client = client(user);
    client.join(room);
    settle();
    return client;
  }

  /** A client with a session that is in a room as its moderator. */
  Client moderator(String user, String room) {
    Client client = new Client(timeline, node, moderatorToken(user));
    client.connect();
    settle();
    client.join(room);
    settle();
    return client;
  }

  /** Lets everything happen that is due now. */
  void settle() {
    timeline.pass(0);
  }

  void pass(long nanos) {
    timeline.pass(nanos);
  }
}
