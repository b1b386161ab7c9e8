package dev.starling.proto.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.IceServer;
import dev.starling.core.protocol.RoomSettings;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.ChatMessage;
import dev.starling.crdt.Content;
import dev.starling.crdt.Dot;
import dev.starling.crdt.HybridTime;
import dev.starling.crdt.Member;
import dev.starling.crdt.Register;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Role;
import dev.starling.crdt.Stamp;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every message of the server has the fields that the protocol names. */
final class JsonFrameWriterTest {
  private static final ReplicaId REPLICA = new ReplicaId("n1", 1);
  private static final HybridTime AT = HybridTime.of(1_750_000_000_007L, 3);
  private static final String AT_TEXT = "2025-06-15T15:06:40.007Z";
  private static final Content DATA = Content.json(Bytes.utf8("{\"n\": 1.50}"));

  private static final RoomSettings SETTINGS =
      new RoomSettings(7, true, false, true, List.of("g"), DATA);
  private static final String SETTINGS_TEXT =
      "{\"limit\":7,\"locked\":true,\"lobby\":false,\"password\":true,\"residency\":[\"g\"],"
          + "\"metadata\":{\"n\":1.50}}";

  private final JsonFrameWriter writer = new JsonFrameWriter();

  @Test
  void welcome() {
    ServerMessage.Welcome welcome =
        new ServerMessage.Welcome(
            "s",
            "s.t",
            false,
            ServerMessage.ResumeRefusal.OVERFLOW,
            "u",
            "n",
            "g",
            List.of("ws://a"),
            List.of("r"),
            5_000,
            1_000,
            List.of(
                new IceServer(List.of("stun:a"), null, null),
                new IceServer(List.of("turn:b"), "x", "y")),
            new ClientLimits(1, 2, 3, 4, 5));
    assertFrame(
        """
        {"type":"welcome","session":"s","resumeToken":"s.t","resumed":false,"reason":"OVERFLOW",
        "user":"u","node":"n","region":"g","urls":["ws://a"],"rooms":["r"],"heartbeatMs":5000,
        "confirmMs":1000,"iceServers":[{"urls":["stun:a"]},{"urls":["turn:b"],"username":"x",
        "credential":"y"}],"limits":{"messageBytes":1,"roomsPerSession":2,"membersPerRoom":3,
        "chatBytes":4,"profileBytes":5},"offset":"o"}\
        """,
        welcome,
        "o");
  }

  @Test
  void joined() {
    ServerMessage.Joined joined =
        new ServerMessage.Joined(
            1L, "r", member("me"), List.of(member("you")), SETTINGS, List.of(chat()), 2);
    assertFrame(
        """
        {"type":"joined","id":1,"room":"r","self":"me","role":"member","members":[{"member":"you",
        "user":"u of you","role":"member","region":"g","polite":true,"profile":{"n":1.50},
        "since":"%1$s"}],"settings":%3$s,"chat":[{"message":"%2$s","from":"a","user":"b",
        "at":"%1$s","data":{"n":1.50}}],"degraded":[],"copies":2,"offset":"o"}\
        """
            .replace("%1$s", AT_TEXT)
            .replace("%2$s", chat().id())
            .replace("%3$s", SETTINGS_TEXT),
        joined,
        "o");
  }

  @Test
  void snapshotHasNoId() {
    ServerMessage.Joined snapshot =
        new ServerMessage.Joined(null, "r", member("me"), List.of(), SETTINGS, List.of(), 1);
    assertFalse(tree(snapshot, null, "me").has("id"));
  }

  @Test
  void done() {
    assertFrame("{\"type\":\"done\",\"id\":3}", new ServerMessage.Done(3, 0, null), null);
    assertFrame(
        "{\"type\":\"done\",\"id\":3,\"copies\":2}", new ServerMessage.Done(3, 2, null), null);
    assertFrame(
        "{\"type\":\"done\",\"id\":4,\"missed\":[\"m\"]}",
        new ServerMessage.Done(4, 0, List.of("m")),
        null);
    assertFrame(
        "{\"type\":\"done\",\"id\":4,\"missed\":[]}",
        new ServerMessage.Done(4, 0, List.of()),
        null);
  }

  @Test
  void said() {
    assertFrame(
        "{\"type\":\"done\",\"id\":7,\"message\":\"m\",\"at\":\"" + AT_TEXT + "\",\"copies\":2}",
        new ServerMessage.Said(7, "m", AT.millis(), 2),
        null);
  }

  @Test
  void history() {
    JsonNode history = tree(new ServerMessage.History(8, List.of(chat()), true), null, "me");
    assertEquals("history", history.get("type").textValue());
    assertEquals(chat().id(), history.get("messages").get(0).get("message").textValue());
    assertTrue(history.get("more").booleanValue());
  }

  @Test
  void memberEvents() {
    JsonNode left =
        tree(
            new ServerMessage.MemberChanged(
                "r",
                ServerMessage.MemberEvent.LEFT,
                member("you"),
                ServerMessage.LeaveReason.TIMEOUT),
            "o",
            "me");
    assertEquals("member", left.get("type").textValue());
    assertEquals("left", left.get("event").textValue());
    assertEquals("timeout", left.get("reason").textValue());
    assertEquals("you", left.get("member").get("member").textValue());
    assertEquals("o", left.get("offset").textValue());
  }

  @Test
  void memberEventNamesWhyAModeratorEndedIt() {
    assertEquals("kicked", reason(ServerMessage.LeaveReason.KICKED));
    assertEquals("banned", reason(ServerMessage.LeaveReason.BANNED));
    assertEquals("closed", reason(ServerMessage.LeaveReason.CLOSED));
  }

  private String reason(ServerMessage.LeaveReason reason) {
    ServerMessage left =
        new ServerMessage.MemberChanged("r", ServerMessage.MemberEvent.LEFT, member("you"), reason);
    return tree(left, "o", "me").get("reason").textValue();
  }

  @Test
  void settingsChanged() {
    assertFrame(
        "{\"type\":\"settings\",\"room\":\"r\",\"settings\":"
            + SETTINGS_TEXT
            + ",\"offset\":\"o\"}",
        new ServerMessage.SettingsChanged("r", SETTINGS),
        "o");
  }

  @Test
  void lobby() {
    assertFrame("{\"type\":\"waiting\",\"id\":1}", new ServerMessage.Waiting(1), null);
    assertFrame(
        """
        {"type":"knock","room":"r","member":"m","user":"u","profile":{"n":1.50},"offset":"o"}\
        """,
        new ServerMessage.Knocked("r", "m", "u", DATA),
        "o");
  }

  @Test
  void mute() {
    assertFrame(
        "{\"type\":\"mute\",\"room\":\"r\",\"from\":\"m\",\"offset\":\"o\"}",
        new ServerMessage.MuteRequested("r", "m"),
        "o");
  }

  @Test
  void announcement() {
    assertFrame(
        "{\"type\":\"announcement\",\"room\":\"r\",\"data\":{\"n\": 1.50},\"offset\":\"o\"}",
        new ServerMessage.Announced("r", DATA),
        "o");
  }

  @Test
  void relayedPayloadsAreTheBytesThatCame() {
    ServerMessage signal = new ServerMessage.Signaled("r", "a", DATA);
    assertEquals(
        "{\"type\":\"signal\",\"room\":\"r\",\"from\":\"a\",\"data\":{\"n\": 1.50},\"offset\":\"o\"}",
        text(signal, "o", "me"));
    ServerMessage broadcast = new ServerMessage.Broadcasted("r", "a", DATA);
    assertEquals(
        "{\"type\":\"broadcast\",\"room\":\"r\",\"from\":\"a\",\"data\":{\"n\": 1.50}}",
        text(broadcast, null, "me"));
  }

  @Test
  void otherPayloadsAreBase64() {
    Content binary = new Content("application/octet-stream", Bytes.wrap(new byte[] {0, -1}));
    assertFrame(
        "{\"type\":\"signal\",\"room\":\"r\",\"from\":\"a\",\"data\":\"AP8=\",\"encoding\":\"base64\"}",
        new ServerMessage.Signaled("r", "a", binary),
        null);
  }

  @Test
  void chatted() {
    JsonNode chatted = tree(new ServerMessage.Chatted("r", chat()), "o", "me");
    assertEquals("chat", chatted.get("type").textValue());
    assertEquals("a", chatted.get("message").get("from").textValue());
    assertEquals(AT_TEXT, chatted.get("message").get("at").textValue());
  }

  @Test
  void smallMessages() {
    assertFrame("{\"type\":\"pong\"}", new ServerMessage.Pong(), null);
    assertFrame("{\"type\":\"replayed\"}", new ServerMessage.Replayed(), null);
    assertFrame(
        "{\"type\":\"moved\",\"urls\":[\"ws://b\"],\"withinMs\":9}",
        new ServerMessage.Moved(List.of("ws://b"), 9),
        null);
    assertFrame(
        "{\"type\":\"error\",\"id\":5,\"code\":\"BUSY\",\"message\":\"m\",\"retry\":true}",
        new ServerMessage.Failed(5L, Code.BUSY, "m"),
        null);
    assertFrame(
        "{\"type\":\"error\",\"code\":\"REPLACED\",\"message\":\"m\",\"retry\":false}",
        new ServerMessage.Failed(null, Code.REPLACED, "m"),
        null);
  }

  @Test
  void exactlyOneOfAPairIsPolite() {
    assertNotEquals(polite("a", "b"), polite("b", "a"));
    assertTrue(polite("a", "b"));
  }

  private boolean polite(String receiver, String other) {
    ServerMessage joined =
        new ServerMessage.MemberChanged("r", ServerMessage.MemberEvent.JOINED, member(other), null);
    return tree(joined, null, receiver).get("member").get("polite").booleanValue();
  }

  private void assertFrame(String expected, ServerMessage message, @Nullable String offset) {
    byte[] wanted = Bytes.utf8(expected).array();
    assertEquals(Reference.tree(wanted, wanted.length), tree(message, offset, "me"));
  }

  private JsonNode tree(ServerMessage message, @Nullable String offset, String receiver) {
    int length = writer.write(message, offset, receiver);
    return Reference.tree(writer.buffer(), length);
  }

  private String text(ServerMessage message, @Nullable String offset, String receiver) {
    int length = writer.write(message, offset, receiver);
    return Bytes.wrap(writer.buffer(), 0, length).text();
  }

  private static Member member(String session) {
    Register<Content> profile = new Register<>(new Stamp(AT, REPLICA), DATA);
    return new Member(
        session, 1, new ReplicaId("n1", 1), "g", "u of " + session, Role.MEMBER, AT, profile);
  }

  private static ChatMessage chat() {
    return new ChatMessage(new Dot(REPLICA, 9), AT, "a", "b", DATA);
  }
}
