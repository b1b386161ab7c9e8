package dev.starling.server.hostile;

import static dev.starling.server.hostile.Attack.inside;
import static dev.starling.server.hostile.Attack.json;
import static dev.starling.server.hostile.HostileInput.row;
import static dev.starling.server.hostile.Outcome.closes;
import static dev.starling.server.hostile.Outcome.stays;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.core.protocol.Code;
import dev.starling.server.edge.Frame;
import dev.starling.server.edge.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** More than a client may send, at once or in the long run. */
final class SizeInputs {
  /** Twice the burst that the settings allow, and as much again. */
  private static final int FLOOD = 2000;

  /** Far below the burst. */
  private static final int BATCH = 100;

  static final List<HostileInput> ROWS =
      List.of(
          row(
              "a message of one byte above the limit",
              json(" ".repeat(16_385)),
              closes(Code.TOO_LARGE)),
          row("a message of 1 MiB", json(" ".repeat(1 << 20)), closes(Code.TOO_LARGE)),
          row(
              "a room's name of 129 characters",
              json(joining(1, "r".repeat(129))),
              stays(Code.INVALID)),
          row(
              "a password of 257 characters",
              json("{'type':'join','id':1,'room':'r','password':'" + "x".repeat(257) + "'}"),
              stays(Code.INVALID)),
          row(
              "a profile above the limit",
              json("{'type':'join','id':1,'room':'r','profile':{'a':'" + "x".repeat(1020) + "'}}"),
              stays(Code.INVALID)),
          row(
              "chat above the limit",
              inside("{'type':'chat','id':2,'room':'r','data':'" + "x".repeat(1024) + "'}"),
              stays(Code.INVALID)),
          row(
              "metadata above the limit",
              intruder -> {
                intruder.hello(Token.of("eve").withRole("moderator"));
                intruder.say(joining(1, "m"));
                assertEquals("joined", intruder.reply());
                intruder.say(
                    "{'type':'settings','id':2,'room':'m','settings':{'metadata':{'a':'"
                        + "x".repeat(1020)
                        + "'}}}");
              },
              stays(Code.INVALID)),
          row(
              "a page of 101 messages",
              inside("{'type':'history','id':2,'room':'r','limit':101}"),
              stays(Code.INVALID)),
          row(
              "more rooms than a session may be in",
              SizeInputs::manyRooms,
              stays(Code.TOO_MANY_ROOMS)),
          row("more requests in flight than may be", SizeInputs::unanswered, stays(Code.BUSY)),
          row("a little too fast", SizeInputs::slightlyTooFast, stays(Code.RATE_LIMITED)),
          row(
              "2,000 messages at once",
              i -> flood(i, "{\"type\":\"ping\"}", FLOOD),
              closes(Code.FLOODING)),
          row(
              "2,000 confirmations of nothing",
              i -> flood(i, "{\"type\":\"confirm\",\"offset\":\"zz\"}", FLOOD),
              closes(Code.FLOODING)),
          row(
              "4 MiB in a second",
              i -> flood(i, "{\"type\":\"ping\"}" + " ".repeat(16_000), 256),
              closes(Code.FLOODING)),
          row("the same again and again, 20 times", SizeInputs::floodAgain, closes(Code.FLOODING)));

  private SizeInputs() {}

  private static String joining(int id, String room) {
    return "{'type':'join','id':" + id + ",'room':'" + room + "'}";
  }

  private static void manyRooms(Intruder intruder) throws IOException {
    intruder.hello();
    for (int id = 1; id <= 4; id++) {
      intruder.say(joining(id, "room-" + id));
      assertEquals("joined", intruder.reply());
    }
    intruder.say(joining(5, "room-5"));
  }

  /** To a member who confirms nothing. */
  private static void unanswered(Intruder intruder) throws IOException {
    try (Intruder silent = Intruder.on(intruder.scene())) {
      silent.join("silent");
      String to = silent.welcome().text("session");
      intruder.join("silent");
      for (int id = 2; id <= 18; id++) {
        intruder.say(
            "{'type':'signal','id':" + id + ",'room':'silent','to':'" + to + "','data':1}");
      }
    }
  }

  /** Leaves a room that it isn't in, until that is too often. */
  private static void slightlyTooFast(Intruder intruder) throws IOException {
    intruder.hello();
    int id = 0;
    boolean refused = false;
    while (!refused) {
      for (int i = 0; i < BATCH; i++) {
        intruder.say("{'type':'leave','room':'x','id':" + ++id + "}");
      }
      for (int i = 0; i < BATCH; i++) {
        refused |= intruder.reply().equals(Code.RATE_LIMITED.name());
      }
    }
    intruder.putBack(Code.RATE_LIMITED.name());
  }

  private static void flood(Intruder intruder, String message, int times) throws IOException {
    intruder.hello();
    byte[] frame = Frame.text(message).masked();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      all.writeBytes(frame);
    }
    intruder.raw(all.toByteArray());
    intruder.skipWhile("pong", times);
    intruder.skipWhile("INVALID", times);
  }

  private static void floodAgain(Intruder intruder) throws IOException {
    for (int round = 0; round < 20; round++) {
      try (Intruder again = Intruder.on(intruder.scene())) {
        flood(again, "{\"type\":\"ping\"}", FLOOD);
        closes(Code.FLOODING).verify(again);
      }
    }
    flood(intruder, "{\"type\":\"ping\"}", FLOOD);
  }
}
