package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session that goes on over another connection. */
final class ResumeTest extends SharedNode {
  /** Long enough for every test here that comes back. */
  ResumeTest() {
    super("room.graceMs=30000", "session.resumeMs=60000");
  }

  @Test
  void sessionGoesOnOverANewConnection() throws IOException {
    try (NativeClient old = NativeClient.in(node, "go-on", "ada");
        NativeClient fresh = NativeClient.connect(node)) {
      old.cutOff();
      Message welcome = fresh.resume(old, null);
      assertTrue(welcome.flag("resumed"));
      assertFalse(welcome.has("reason"));
      assertEquals(old.session(), welcome.text("session"));
      assertEquals("ada", welcome.text("user"));
      assertEquals(List.of("go-on"), welcome.list("rooms"));
      fresh.next("replayed");
      assertEquals("done", fresh.answer("'type':'chat','room':'go-on','data':1").text("type"));
    }
  }

  @Test
  void missedEventsComeInOrderThenReplayed() throws IOException {
    try (NativeClient old = NativeClient.in(node, "missed", "ada");
        NativeClient ben = NativeClient.in(node, "missed", "ben");
        NativeClient fresh = NativeClient.connect(node)) {
      old.next("member");
      old.confirm();
      old.cutOff();
      ben.answer("'type':'chat','room':'missed','data':'one'");
      long signal =
          ben.ask("'type':'signal','room':'missed','to':'" + old.session() + "','data':'two'");
      ben.answer("'type':'profile','room':'missed','profile':{'n':3}");
      awaitTurn(fresh);
      fresh.resume(old, null);
      assertEquals("one", fresh.next("chat").object("message").text("data"));
      assertEquals("two", fresh.next("signal").text("data"));
      assertEquals("updated", fresh.next("member").text("event"));
      fresh.next("replayed");
      fresh.confirm();
      assertEquals("done", ben.answerTo(signal).text("type"));
    }
  }

  /** What was on its way to the connection's event loop before this is there after it. */
  private static void awaitTurn(NativeClient client) throws IOException {
    client.web().send(Frame.ping(""));
    assertEquals(Frame.PONG, client.web().frame().opcode());
  }

  @Test
  void whatTheOffsetCoversIsNotReplayed() throws IOException {
    try (NativeClient old = NativeClient.in(node, "covered", "ada");
        NativeClient ben = NativeClient.in(node, "covered", "ben");
        NativeClient fresh = NativeClient.connect(node)) {
      old.next("member");
      ben.answer("'type':'chat','room':'covered','data':1");
      old.next("chat");
      awaitTurn(fresh);
      // Taken in, and said so only by the offset of the hello.
      old.cutOff();
      fresh.resume(old, null);
      fresh.next("replayed");
    }
  }

  @Test
  void olderConnectionIsReplaced() throws IOException {
    try (NativeClient old = NativeClient.in(node, "replaced", "ada");
        NativeClient ben = NativeClient.in(node, "replaced", "ben");
        NativeClient fresh = NativeClient.connect(node)) {
      old.next("member");
      assertTrue(fresh.resume(old, null).flag("resumed"));
      Message error = old.next("error");
      assertEquals("REPLACED", error.text("code"));
      assertFalse(error.flag("retry"));
      assertEquals(4409, old.closeCode());
      fresh.next("replayed");
      ben.answer("'type':'chat','room':'replaced','data':1");
      fresh.next("chat");
    }
  }

  @Test
  void othersDoNotNoticeAResume() throws IOException {
    try (NativeClient old = NativeClient.in(node, "unnoticed", "ada");
        NativeClient ben = NativeClient.in(node, "unnoticed", "ben");
        NativeClient fresh = NativeClient.connect(node)) {
      old.cutOff();
      fresh.resume(old, null);
      fresh.answer("'type':'chat','room':'unnoticed','data':1");
      // The first thing that ben hears of: no left, no joined.
      assertEquals(old.session(), ben.next("chat").object("message").text("from"));
    }
  }

  @Test
  void resumeBringsANewSecretAndTheUsedOneEndsTheOneBefore() throws IOException {
    try (NativeClient first = NativeClient.in(node, "secret", "ada");
        NativeClient second = NativeClient.connect(node);
        NativeClient third = NativeClient.connect(node);
        NativeClient thief = NativeClient.connect(node)) {
      second.resume(first, null);
      assertTrue(third.resume(second, null).flag("resumed"));
      Message welcome = thief.resume(first, Token.of("eve").text());
      assertFalse(welcome.flag("resumed"));
      assertEquals("UNKNOWN", welcome.text("reason"));
      third.next("replayed");
    }
  }

  @Test
  void unknownSecretOpensANewSession() throws IOException {
    try (NativeClient client = NativeClient.connect(node)) {
      client.say(
          "{'type':'hello','token':'"
              + Token.of("ada").text()
              + "','resume':{'token':'test-region.none.secret','offset':'0'}}");
      Message welcome = client.next("welcome");
      assertFalse(welcome.flag("resumed"));
      assertEquals("UNKNOWN", welcome.text("reason"));
      assertEquals(List.of(), welcome.list("rooms"));
    }
  }

  @Test
  void anotherUsersTokenDoesNotTakeASessionOver() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "mine", "ada");
        NativeClient eve = NativeClient.connect(node)) {
      Message welcome = eve.resume(ada, Token.of("eve").text());
      assertFalse(welcome.flag("resumed"));
      assertNotEquals(ada.session(), welcome.text("session"));
      ada.say("{'type':'ping'}");
      ada.next("pong");
    }
  }

  @Test
  void badTokenDoesNotDisplaceALivingConnection() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "living", "ada");
        NativeClient late = NativeClient.connect(node)) {
      String expired = Token.of("ada").expiringIn(-60).text();
      late.say("{'type':'hello','token':'" + expired + "','resume':{'token':'x.y','offset':'0'}}");
      assertEquals("TOKEN_EXPIRED", late.next("error").text("code"));
      assertEquals(4402, late.closeCode());
      ada.say("{'type':'ping'}");
      ada.next("pong");
    }
  }

  @Test
  void normalCloseEndsTheSession() throws IOException {
    try (NativeClient old = NativeClient.in(node, "ended", "ada");
        NativeClient fresh = NativeClient.connect(node)) {
      old.leave();
      Message welcome = fresh.resume(old, Token.of("ada").text());
      assertFalse(welcome.flag("resumed"));
      assertNotEquals(old.session(), welcome.text("session"));
    }
  }

  @Test
  void goingAwayDoesNotEndTheSession() throws IOException {
    try (NativeClient old = NativeClient.in(node, "reload", "ada");
        NativeClient fresh = NativeClient.connect(node)) {
      old.web().send(Frame.close(1001));
      assertEquals(1001, old.closeCode());
      assertTrue(fresh.resume(old, null).flag("resumed"));
    }
  }

  @Test
  void freshTokenReplacesTheGrantAndLeavesForbiddenRooms() throws IOException {
    try (NativeClient old = NativeClient.in(node, "wide", "ada");
        NativeClient fresh = NativeClient.connect(node)) {
      old.join("narrow");
      Message welcome = fresh.resume(old, Token.of("ada").forRoom("narrow").text());
      assertTrue(welcome.flag("resumed"));
      assertEquals(List.of("narrow"), welcome.list("rooms"));
      fresh.next("replayed");
      assertEquals("FORBIDDEN", fresh.join("wide").text("code"));
    }
  }
}
