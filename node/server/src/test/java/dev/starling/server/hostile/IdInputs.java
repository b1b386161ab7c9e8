package dev.starling.server.hostile;

import static dev.starling.server.hostile.Attack.inside;
import static dev.starling.server.hostile.Attack.json;
import static dev.starling.server.hostile.HostileInput.row;
import static dev.starling.server.hostile.Outcome.closes;
import static dev.starling.server.hostile.Outcome.stays;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.core.protocol.Code;
import dev.starling.server.edge.Message;
import dev.starling.server.edge.Token;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Numbers of requests, offsets and resume tokens: forged, repeated and stolen. */
final class IdInputs {
  private static final List<HostileInput> IDS =
      List.of(
          row("id 0", json(leave("0")), stays(Code.INVALID)),
          row("id -1", json(leave("-1")), stays(Code.INVALID)),
          row("id 1.5", json(leave("1.5")), stays(Code.INVALID)),
          row("id 1e3", json(leave("1e3")), stays(Code.INVALID)),
          row("id 2^53", json(leave("9007199254740992")), stays(Code.INVALID)),
          row(
              "id 2^53 - 1, and nothing can follow",
              json(leave("9007199254740991"), leave("1")),
              stays("done", Code.OUT_OF_ORDER)),
          row(
              "an id below the last",
              json(leave("9"), leave("8")),
              stays("done", Code.OUT_OF_ORDER)),
          row(
              "a request twice",
              inside(chat(2, "a"), chat(2, "a"), "{'type':'history','id':3,'room':'r'}"),
              stays("done", "done", "history")),
          row(
              "an answered id for something else",
              inside(chat(2, "a"), leave("2").replace("nowhere", "r"), chat(3, "b")),
              stays("done", "done", "done")),
          row(
              "a join again after leaving",
              inside(leave("2").replace("nowhere", "r"), "{'type':'join','id':1,'room':'r'}"),
              stays("done", Code.NOT_IN_ROOM)));

  private static final List<HostileInput> OFFSETS =
      List.of(
          row("an offset that was never given out", json(confirm("zzzzzz")), stays(Code.INVALID)),
          row("a negative offset", json(confirm("-1")), stays(Code.INVALID)),
          row("an offset beyond 64 bits", json(confirm("z".repeat(100))), stays(Code.INVALID)),
          row("an offset of no digits", json(confirm("\\u0000")), stays(Code.INVALID)),
          row(
              "another session's offset",
              intruder -> {
                intruder.joinOwn();
                try (var ada = intruder.scene().member("elsewhere", "ada")) {
                  for (int i = 0; i < 5; i++) {
                    intruder.say("{'type':'ping'}");
                  }
                  ada.answer("'type':'chat','room':'elsewhere','data':1");
                }
                for (int i = 0; i < 5; i++) {
                  intruder.reply();
                }
                intruder.say(confirm("5"));
              },
              stays(Code.INVALID)));

  private static final List<HostileInput> RESUMES =
      List.of(
          row("a resume token that is none", resume("nonsense", "0"), stays("welcome")),
          row("a resume token of nobody", resume("test-region.none.secret", "0"), stays("welcome")),
          row(
              "a resume token without its secret",
              stolen(token -> token.substring(0, token.lastIndexOf('.') + 1), "0"),
              stays("pong")),
          row(
              "a resume token with another secret",
              stolen(token -> token.substring(0, token.length() - 4) + "AAAA", "0"),
              stays("pong")),
          row("another user's resume token", stolen(token -> token, "0"), stays("pong")),
          row(
              "a resume without an offset",
              Attack.first("{'type':'hello','resume':{'token':'x.y'}}"),
              closes(Code.INVALID)),
          row(
              "a resume token that was used, and used again",
              intruder -> {
                intruder.hello();
                Message first = intruder.welcome();
                resume(intruder, first);
                resume(intruder, intruder.welcome());
                try (Intruder thief = Intruder.on(intruder.scene())) {
                  thief.upgrade(Intruder.JSON);
                  thief.say(
                      "{'type':'hello','resume':{'token':'"
                          + first.text("resumeToken")
                          + "','offset':'0'}}");
                  assertEquals(
                      List.of("UNAUTHENTICATED", "close 4401", Intruder.END),
                      List.of(thief.reply(), thief.reply(), thief.reply()));
                }
              },
              closes(Code.REPLACED)),
          row(
              "a resume with a forged offset",
              intruder -> {
                intruder.joinOwn();
                Message welcome = intruder.welcome();
                try (Intruder again = Intruder.on(intruder.scene())) {
                  again.upgrade(Intruder.JSON);
                  again.say(
                      "{'type':'hello','resume':{'token':'"
                          + welcome.text("resumeToken")
                          + "','offset':'zzzz'}}");
                  assertEquals(
                      List.of("welcome", "replayed"), List.of(again.reply(), again.reply()));
                  again.assertServed();
                }
              },
              closes(Code.REPLACED)),
          row(
              "a resume of a session that was ended",
              intruder -> {
                intruder.hello();
                String token = intruder.welcome().text("resumeToken");
                intruder.send(dev.starling.server.edge.Frame.close(1000));
                assertEquals("close 1000", intruder.reply());
                try (Intruder again = Intruder.on(intruder.scene())) {
                  again.upgrade(Intruder.JSON);
                  again.say("{'type':'hello','resume':{'token':'" + token + "','offset':'0'}}");
                  assertEquals(
                      List.of("UNAUTHENTICATED", "close 4401"),
                      List.of(again.reply(), again.reply()));
                }
              },
              Outcome.ends()));

  static final List<HostileInput> ROWS =
      Stream.of(IDS, OFFSETS, RESUMES).flatMap(List::stream).toList();

  private interface Change {
    String of(String token);
  }

  private IdInputs() {}

  private static String leave(String id) {
    return "{'type':'leave','room':'nowhere','id':" + id + "}";
  }

  private static String chat(int id, String text) {
    return "{'type':'chat','room':'r','id':" + id + ",'data':'" + text + "'}";
  }

  private static String confirm(String offset) {
    return "{'type':'confirm','offset':'" + offset + "'}";
  }

  /** Of a session that isn't there: a new one opens, and says so. */
  private static Attack resume(String token, String offset) {
    return Attack.first(
        "{'type':'hello','token':'"
            + Token.of("eve").text()
            + "','resume':{'token':'"
            + token
            + "','offset':'"
            + offset
            + "'}}");
  }

  /** What another user's session was told, changed. */
  private static Attack stolen(Change change, String offset) {
    return intruder -> {
      try (Intruder victim = Intruder.on(intruder.scene())) {
        victim.hello(Token.of("ada"));
        resume(change.of(victim.welcome().text("resumeToken")), offset).by(intruder);
        assertEquals("welcome", intruder.reply());
        assertEquals(false, intruder.welcome().flag("resumed"));
        victim.assertServed();
      }
      intruder.say("{'type':'ping'}");
    };
  }

  private static void resume(Intruder intruder, Message welcome) throws IOException {
    try (Intruder again = Intruder.on(intruder.scene())) {
      again.upgrade(Intruder.JSON);
      again.say(
          "{'type':'hello','resume':{'token':'" + welcome.text("resumeToken") + "','offset':'0'}}");
      assertEquals("welcome", again.reply());
      intruder.heard(again.welcome());
    }
  }
}
