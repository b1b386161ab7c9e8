package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What one client may take up of rooms, members and bytes. */
final class LimitTest extends SharedNode {
  LimitTest() {
    super(
        "limits.roomsPerSession=2",
        "limits.membersPerRoom=2",
        "limits.chatBytes=64",
        "limits.profileBytes=64",
        "limits.rooms=50");
  }

  @Test
  void sessionIsInNoMoreRoomsThanItMay() throws IOException {
    try (NativeClient client = NativeClient.of(node, "ada")) {
      client.join("one");
      client.join("two");
      Message refused = client.join("three");
      assertEquals("TOO_MANY_ROOMS", refused.text("code"));
      assertFalse(refused.flag("retry"));
      client.answer("'type':'leave','room':'one'");
      assertEquals("joined", client.join("three").text("type"));
    }
  }

  @Test
  void roomTakesNoMoreMembersThanItMay() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "full", "ada");
        NativeClient ben = NativeClient.in(node, "full", "ben");
        NativeClient cleo = NativeClient.of(node, "cleo")) {
      Message refused = cleo.join("full");
      assertEquals("ROOM_FULL", refused.text("code"));
      assertTrue(refused.flag("retry"));
      ben.answer("'type':'leave','room':'full'");
      assertEquals(1, cleo.join("full").list("members").size());
      assertEquals("joined", ada.next("member").text("event"));
    }
  }

  @Test
  void chatMessageAboveTheLimitIsInvalid() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "long-chat", "ada")) {
      assertEquals("done", chat(ada, 62).text("type"));
      assertEquals("INVALID", chat(ada, 63).text("code"));
    }
  }

  private static Message chat(NativeClient client, int letters) throws IOException {
    return client.answer("'type':'chat','room':'long-chat','data':'" + "x".repeat(letters) + "'");
  }

  @Test
  void profileAboveTheLimitIsInvalid() throws IOException {
    try (NativeClient ada = NativeClient.of(node, "ada")) {
      String large = "{'a':'" + "x".repeat(60) + "'}";
      Message refused = ada.answer("'type':'join','room':'vain','profile':" + large);
      assertEquals("INVALID", refused.text("code"));
      assertEquals("joined", ada.join("vain").text("type"));
      Message update = ada.answer("'type':'profile','room':'vain','profile':" + large);
      assertEquals("INVALID", update.text("code"));
    }
  }

  @Test
  void tooFastClientIsToldAndStays() throws IOException {
    try (TestNode slow = TestNode.start("limits.messagesPerSecond=1", "limits.messageBurst=10");
        NativeClient client = NativeClient.of(slow, "ada")) {
      Message answer = client.join("fast");
      for (int i = 0; i < 10 && answer.text("type").equals("joined"); i++) {
        answer = client.join("fast");
      }
      assertEquals("RATE_LIMITED", answer.text("code"));
      assertTrue(answer.flag("retry"));
      client.say("{'type':'ping'}");
      client.next("pong");
    }
  }

  @Test
  void floodingClientIsClosedAndNobodyElse() throws IOException {
    try (TestNode slow = TestNode.start("limits.messagesPerSecond=1", "limits.messageBurst=10");
        NativeClient bystander = NativeClient.of(slow, "ada");
        NativeClient client = NativeClient.of(slow, "eve")) {
      for (int i = 0; i < 40; i++) {
        client.say("{'type':'ping'}");
      }
      assertEquals(4430, client.closeCode());
      bystander.say("{'type':'ping'}");
      bystander.next("pong");
    }
  }

  @Test
  void tooManyBytesAreFloodingToo() throws IOException {
    try (TestNode slow =
            TestNode.start(
                "limits.messageBytes=1024",
                "limits.chatBytes=1024",
                "limits.profileBytes=1024",
                "limits.bytesPerSecond=1024");
        NativeClient client = NativeClient.of(slow, "eve")) {
      for (int i = 0; i < 4; i++) {
        client.say("{'type':'ping'}" + " ".repeat(1000));
      }
      assertEquals(4430, client.closeCode());
    }
  }

  @Test
  void nodeHoldsNoMoreRoomsThanItMay() throws IOException {
    try (TestNode small = TestNode.start("limits.rooms=1", "room.emptyMs=0");
        NativeClient ada = NativeClient.in(small, "only", "ada");
        NativeClient ben = NativeClient.of(small, "ben")) {
      assertEquals("BUSY", ben.join("another").text("code"));
      assertEquals("joined", ben.join("only").text("type"));
      assertEquals("joined", ada.next("member").text("event"));
    }
  }
}
