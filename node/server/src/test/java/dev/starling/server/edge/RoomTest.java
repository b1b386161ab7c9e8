package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What members of a room see of each other. */
final class RoomTest extends SharedNode {

  @Test
  void newcomerSeesWhoIsThereAndIsSeen() throws IOException {
    try (NativeClient ada = NativeClient.of(node, "ada");
        NativeClient ben = NativeClient.of(node, "ben")) {
      ada.answer("'type':'join','room':'seen','profile':{'name':'Ada'}");
      Message joined = ben.answer("'type':'join','room':'seen','profile':{'name':'Ben'}");
      assertEquals("joined", joined.text("type"));
      assertEquals("seen", joined.text("room"));
      assertEquals(ben.session(), joined.text("self"));
      assertEquals("member", joined.text("role"));
      assertEquals(1, joined.number("copies"));
      assertEquals(List.of(), joined.list("chat"));
      assertEquals(List.of(), joined.list("degraded"));
      assertTrue(joined.has("settings"));
      assertTrue(joined.has("offset"));
      Message other = joined.objects("members").getFirst();
      assertEquals(1, joined.list("members").size());
      assertEquals(ada.session(), other.text("member"));
      assertEquals("ada", other.text("user"));
      assertEquals("test-region", other.text("region"));
      assertEquals("Ada", other.object("profile").text("name"));
      assertTrue(
          other.text("since").matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
      Message event = ada.next("member");
      assertEquals("joined", event.text("event"));
      assertEquals("seen", event.text("room"));
      assertEquals(ben.session(), event.object("member").text("member"));
      assertEquals("Ben", event.object("member").object("profile").text("name"));
    }
  }

  @Test
  void exactlyOneOfTwoIsPolite() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "polite", "ada");
        NativeClient ben = NativeClient.of(node, "ben")) {
      boolean benIsPolite = ben.join("polite").objects("members").getFirst().flag("polite");
      boolean adaIsPolite = ada.next("member").object("member").flag("polite");
      assertNotEquals(adaIsPolite, benIsPolite);
      assertEquals(ada.session().compareTo(ben.session()) < 0, adaIsPolite);
    }
  }

  @Test
  void leaverIsSeenToLeave() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "leave", "ada");
        NativeClient ben = NativeClient.in(node, "leave", "ben")) {
      ada.next("member");
      assertEquals("done", ben.answer("'type':'leave','room':'leave'").text("type"));
      Message left = ada.next("member");
      assertEquals("left", left.text("event"));
      assertEquals("leave", left.text("reason"));
      assertEquals(ben.session(), left.object("member").text("member"));
      Message refused = ben.answer("'type':'chat','room':'leave','data':1");
      assertEquals("NOT_IN_ROOM", refused.text("code"));
    }
  }

  @Test
  void profileUpdateIsSeenByTheOthers() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "profile", "ada");
        NativeClient ben = NativeClient.in(node, "profile", "ben")) {
      ada.next("member");
      Message done = ben.answer("'type':'profile','room':'profile','profile':{'hand':true}");
      assertEquals(1, done.number("copies"));
      Message updated = ada.next("member");
      assertEquals("updated", updated.text("event"));
      assertTrue(updated.object("member").object("profile").flag("hand"));
    }
  }

  @Test
  void chatReachesTheOthersAndIsKept() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "chat", "ada");
        NativeClient ben = NativeClient.in(node, "chat", "ben");
        NativeClient late = NativeClient.of(node, "cleo")) {
      Message done = ada.answer("'type':'chat','room':'chat','data':{'text':'héllo'}");
      assertEquals("done", done.text("type"));
      Message heard = ben.next("chat").object("message");
      assertEquals(done.text("message"), heard.text("message"));
      assertEquals(done.text("at"), heard.text("at"));
      assertEquals(ada.session(), heard.text("from"));
      assertEquals("ada", heard.text("user"));
      assertEquals("héllo", heard.object("data").text("text"));
      Message kept = late.join("chat").objects("chat").getFirst();
      assertEquals(done.text("message"), kept.text("message"));
    }
  }

  @Test
  void historyIsReadPageByPage() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "history", "ada")) {
      for (int i = 0; i < 5; i++) {
        ada.answer("'type':'chat','room':'history','data':" + i);
      }
      Message newest = ada.answer("'type':'history','room':'history','limit':2");
      assertEquals(List.of(3L, 4L), data(newest));
      assertTrue(newest.flag("more"));
      String before = newest.objects("messages").getFirst().text("message");
      Message older =
          ada.answer("'type':'history','room':'history','limit':9,'before':'" + before + "'");
      assertEquals(List.of(0L, 1L, 2L), data(older));
      assertFalse(older.flag("more"));
    }
  }

  private static List<Long> data(Message page) {
    return page.objects("messages").stream().map(message -> message.number("data")).toList();
  }

  @Test
  void oneSessionIsInSeveralRooms() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "several-a", "ada");
        NativeClient ben = NativeClient.in(node, "several-a", "ben");
        NativeClient cleo = NativeClient.in(node, "several-b", "cleo")) {
      ada.next("member");
      assertEquals(1, ada.join("several-b").list("members").size());
      cleo.next("member");
      ben.answer("'type':'chat','room':'several-a','data':1");
      assertEquals("several-a", ada.next("chat").text("room"));
      cleo.answer("'type':'chat','room':'several-b','data':2");
      assertEquals("several-b", ada.next("chat").text("room"));
      ada.answer("'type':'leave','room':'several-a'");
      assertEquals("left", ben.next("member").text("event"));
      cleo.answer("'type':'chat','room':'several-b','data':3");
      assertEquals("several-b", ada.next("chat").text("room"));
    }
  }

  @Test
  void whoClosesNormallyHasLeftAtOnce() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "close", "ada");
        NativeClient ben = NativeClient.in(node, "close", "ben");
        NativeClient cleo = NativeClient.in(node, "close", "cleo")) {
      ada.next("member");
      ada.next("member");
      ben.web().send(Frame.close(1000));
      assertEquals(1000, ben.closeCode());
      assertEquals("leave", ada.next("member").text("reason"));
      cleo.web().send(Frame.closeWithoutCode());
      assertEquals(1005, cleo.closeCode());
      assertEquals("leave", ada.next("member").text("reason"));
    }
  }

  @Test
  void whoClosesRightAfterHelloLeavesNoSessionBehind() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "hasty", "ada");
        NativeClient ben = NativeClient.connect(node)) {
      ben.say("{'type':'hello','token':'" + Token.of("ben").text() + "'}");
      ben.ask("'type':'join','room':'hasty'");
      ben.web().send(Frame.close(1000));
      assertEquals("joined", ada.next("member").text("event"));
      assertEquals("leave", ada.next("member").text("reason"));
    }
  }

  @Test
  void repeatedRequestHasNoSecondEffect() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "repeat", "ada");
        NativeClient ben = NativeClient.in(node, "repeat", "ben")) {
      ada.next("member");
      long id = ben.ask("'type':'chat','room':'repeat','data':'once'");
      Message first = ben.answerTo(id);
      ben.say("{'type':'chat','id':" + id + ",'room':'repeat','data':'once'}");
      assertEquals(first.text("message"), ben.answerTo(id).text("message"));
      ben.answer("'type':'chat','room':'repeat','data':'next'");
      assertEquals("once", ada.next("chat").object("message").text("data"));
      assertEquals("next", ada.next("chat").object("message").text("data"));
    }
  }
}
