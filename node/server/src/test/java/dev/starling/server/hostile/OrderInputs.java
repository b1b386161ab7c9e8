package dev.starling.server.hostile;

import static dev.starling.server.hostile.Attack.first;
import static dev.starling.server.hostile.Attack.inside;
import static dev.starling.server.hostile.Attack.json;
import static dev.starling.server.hostile.HostileInput.row;
import static dev.starling.server.hostile.Outcome.closes;
import static dev.starling.server.hostile.Outcome.stays;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.core.protocol.Code;
import dev.starling.server.edge.Frame;
import dev.starling.server.edge.Token;
import java.util.List;
import java.util.stream.Stream;

/** Well-formed messages at the wrong time, or from whom they are not due. */
final class OrderInputs {
  private static final String HELLO = "{'type':'hello','token':'" + Token.of("eve").text() + "'}";

  private static final List<HostileInput> BEGINNINGS =
      List.of(
          row("a ping before the hello", first("{'type':'ping'}"), closes(Code.HELLO_REQUIRED)),
          row("a join before the hello", first(join(1)), closes(Code.HELLO_REQUIRED)),
          row("a broken message before the hello", first("{{"), closes(Code.MALFORMED)),
          row(
              "a hello that is no hello",
              first("{'type':'hello','token':1}"),
              closes(Code.INVALID)),
          row("two hellos", json(HELLO), stays(Code.OUT_OF_ORDER)),
          row("two hellos at once", first(HELLO, HELLO), stays("welcome", Code.OUT_OF_ORDER)),
          row(
              "a join that doesn't wait for the welcome",
              first(HELLO, join(1)),
              stays("welcome", "joined")),
          row(
              "a close frame before the hello",
              intruder -> {
                intruder.upgrade(Intruder.JSON);
                intruder.send(Frame.close(1000));
              },
              closes(1000)),
          row(
              "a message behind a close frame",
              intruder -> {
                intruder.hello();
                intruder.send(Frame.close(3000), Frame.text(join(1).replace('\'', '"')));
              },
              closes(3000)));

  private static final List<HostileInput> ROOMS =
      List.of(
          row("two joins", inside(join(2)), stays("joined")),
          row(
              "a leave of a room never joined",
              json("{'type':'leave','id':1,'room':'r'}"),
              stays("done")),
          row(
              "two leaves",
              inside("{'type':'leave','id':2,'room':'r'}", "{'type':'leave','id':3,'room':'r'}"),
              stays("done", "done")),
          row(
              "a signal without a join",
              json("{'type':'signal','id':1,'room':'r','to':'m','data':1}"),
              stays(Code.NOT_IN_ROOM)),
          row(
              "a signal to nobody",
              inside("{'type':'signal','id':2,'room':'r','to':'m','data':1}"),
              stays(Code.NO_SUCH_MEMBER)),
          row(
              "a signal to oneself",
              intruder -> {
                intruder.joinOwn();
                String self = intruder.welcome().text("session");
                intruder.say("{'type':'signal','id':2,'room':'r','to':'" + self + "','data':1}");
              },
              stays(Code.NO_SUCH_MEMBER)),
          row(
              "a signal to a member of another room",
              intruder -> {
                intruder.joinOwn();
                try (var ada = intruder.scene().member("elsewhere", "ada")) {
                  intruder.say(
                      "{'type':'signal','id':2,'room':'r','to':'" + ada.session() + "','data':1}");
                }
              },
              stays(Code.NO_SUCH_MEMBER)),
          row(
              "a broadcast without a join",
              json("{'type':'broadcast','id':1,'room':'bystanders','data':1}"),
              stays(Code.NOT_IN_ROOM)),
          row(
              "a broadcast to nobody",
              inside("{'type':'broadcast','id':2,'room':'r','data':1}"),
              stays("done")),
          row(
              "chat without a join",
              json("{'type':'chat','id':1,'room':'bystanders','data':1}"),
              stays(Code.NOT_IN_ROOM)),
          row(
              "a profile without a join",
              json("{'type':'profile','id':1,'room':'bystanders','profile':{}}"),
              stays(Code.NOT_IN_ROOM)),
          row(
              "history of a room not joined",
              json("{'type':'history','id':1,'room':'bystanders'}"),
              stays(Code.NOT_IN_ROOM)),
          row(
              "history before a message that never was",
              inside("{'type':'history','id':2,'room':'r','before':'no'}"),
              stays("history")));

  private static final List<HostileInput> MODERATION =
      List.of(
          row(
              "a kick by a member",
              inside(moderate(2, "kick", "'member':'m'")),
              stays(Code.FORBIDDEN)),
          row(
              "a room closed by a member",
              inside(moderate(2, "close", "'member':'m'")),
              stays(Code.FORBIDDEN)),
          row(
              "settings by a member",
              inside("{'type':'settings','id':2,'room':'r','settings':{'locked':true}}"),
              stays(Code.FORBIDDEN)),
          row(
              "a kick without a join",
              json(moderate(1, "kick", "'member':'m'").replace("'r'", "'bystanders'")),
              stays(Code.NOT_IN_ROOM)),
          row(
              "settings without a join",
              json("{'type':'settings','id':1,'room':'bystanders','settings':{'locked':true}}"),
              stays(Code.NOT_IN_ROOM)),
          row(
              "admission of nobody",
              moderating(moderate(2, "admit", "'member':'m'")),
              stays(Code.NO_SUCH_MEMBER)),
          row(
              "a kick without a name",
              moderating(moderate(2, "kick", "'x':1")),
              stays(Code.NO_SUCH_MEMBER)),
          row(
              "a ban lifted that never was",
              moderating(moderate(2, "unban", "'user':'u'")),
              stays(Code.NO_SUCH_MEMBER)),
          row(
              "a ban of no seconds",
              moderating(moderate(2, "ban", "'user':'u','seconds':0")),
              stays(Code.INVALID)),
          row(
              "an action nobody knows",
              moderating(moderate(2, "crown", "'member':'m'")),
              stays(Code.INVALID)),
          row(
              "a limit of no members",
              moderating("{'type':'settings','id':2,'room':'r','settings':{'limit':0}}"),
              stays(Code.INVALID)));

  static final List<HostileInput> ROWS =
      Stream.of(BEGINNINGS, ROOMS, MODERATION).flatMap(List::stream).toList();

  private OrderInputs() {}

  private static String join(int id) {
    return "{'type':'join','id':" + id + ",'room':'r'}";
  }

  private static String moderate(int id, String action, String more) {
    return "{'type':'moderate','id':" + id + ",'room':'r','action':'" + action + "'," + more + "}";
  }

  private static Attack moderating(String message) {
    return intruder -> {
      intruder.hello(Token.of("eve").withRole("moderator"));
      intruder.say(join(1));
      assertEquals("joined", intruder.reply());
      intruder.say(message);
    };
  }
}
