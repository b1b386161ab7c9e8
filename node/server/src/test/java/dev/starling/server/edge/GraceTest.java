package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client that goes without a word, and what becomes of it. */
final class GraceTest {

  @Test
  void cutOffMemberIsGoneAfterTheGracePeriod() throws IOException {
    try (TestNode node = TestNode.start("room.graceMs=100");
        NativeClient ada = NativeClient.in(node, "grace", "ada");
        NativeClient ben = NativeClient.in(node, "grace", "ben")) {
      ada.next("member");
      ben.cutOff();
      Message left = ada.next("member");
      assertEquals("left", left.text("event"));
      assertEquals("timeout", left.text("reason"));
    }
  }

  @Test
  void lateMemberComesBackWithItsSessionAndJoinsAgain() throws IOException {
    try (TestNode node = TestNode.start("room.graceMs=100");
        NativeClient ada = NativeClient.in(node, "late", "ada");
        NativeClient ben = NativeClient.in(node, "late", "ben");
        NativeClient again = NativeClient.connect(node)) {
      ada.next("member");
      ben.cutOff();
      ada.next("member");
      Message welcome = again.resume(ben, null);
      assertTrue(welcome.flag("resumed"));
      assertEquals(ben.session(), welcome.text("session"));
      assertEquals(List.of(), welcome.list("rooms"));
      again.next("replayed");
      assertEquals(1, again.join("late").list("members").size());
      assertEquals("joined", ada.next("member").text("event"));
    }
  }

  @Test
  void sessionThatStaysAwayTooLongIsOver() throws IOException {
    try (TestNode node = TestNode.start("room.graceMs=0", "session.resumeMs=0");
        NativeClient ada = NativeClient.in(node, "over", "ada");
        NativeClient ben = NativeClient.in(node, "over", "ben");
        NativeClient again = NativeClient.connect(node)) {
      ada.next("member");
      ben.cutOff();
      assertEquals("left", ada.next("member").text("event"));
      assertFalse(again.resume(ben, Token.of("ben").text()).flag("resumed"));
    }
  }

  @Test
  void silentClientIsIdleThenGone() throws IOException {
    try (TestNode node = TestNode.start("session.heartbeatMs=150", "room.graceMs=100");
        NativeClient ada = NativeClient.in(node, "silent", "ada");
        NativeClient ben = NativeClient.in(node, "silent", "ben")) {
      ben.web().ignorePings();
      ada.next("member");
      // Reading answers pings, so that ada is heard of all the time.
      assertEquals("timeout", ada.next("member").text("reason"));
      assertEquals("IDLE", ben.next("error").text("code"));
      assertEquals(4410, ben.closeCode());
    }
  }

  @Test
  void everyFrameIsProofOfLife() throws IOException {
    try (TestNode node = TestNode.start("session.heartbeatMs=300");
        NativeClient client = NativeClient.of(node, "ada")) {
      // After silence for a heartbeat comes a ping; three of them show that no limit was passed.
      for (Frame proof :
          List.of(
              new Frame(Frame.FIN | Frame.PONG, new byte[0]),
              Frame.ping(""),
              Frame.text("{\"type\":\"ping\"}"))) {
        Frame frame = client.web().frame();
        while (frame.opcode() != Frame.PING) {
          assertTrue(frame.opcode() == Frame.PONG || frame.opcode() == Frame.TEXT);
          frame = client.web().frame();
        }
        client.web().send(proof);
      }
      client.web().frame();
      client.say("{'type':'ping'}");
      client.next("pong");
    }
  }
}
