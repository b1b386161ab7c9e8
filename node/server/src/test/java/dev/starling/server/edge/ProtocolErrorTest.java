package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The native protocol's own rules. */
final class ProtocolErrorTest extends SharedNode {
  ProtocolErrorTest() {
    super("limits.handshakeMs=300", "limits.jsonDepth=8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "{'type':}", "{'type':'ping'}}", "{'type':'ping',}", "nonsense"})
  void malformedJsonClosesTheConnection(String text) throws IOException {
    assertCloses("MALFORMED", 4400, text);
  }

  @Test
  void tooDeepJsonClosesTheConnection() throws IOException {
    assertCloses("MALFORMED", 4400, "{'type':'ping','x':" + "[".repeat(9) + "]".repeat(9) + "}");
  }

  @Test
  void jsonAsDeepAsAllowedIsTaken() throws IOException {
    try (NativeClient client = NativeClient.of(node, "ada")) {
      client.say("{'type':'ping','x':" + "[".repeat(7) + "]".repeat(7) + "}");
      client.next("pong");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'type':'join'",
        "'type':'join','room':''",
        "'type':'join','room':7",
        "'type':'join','room':'a','room':'b'",
        "'type':'signal','room':'r','to':'x'",
        "'type':'join','room':'r','profile':[]"
      })
  void missingOrWrongFieldIsInvalidAndTheConnectionStays(String fields) throws IOException {
    try (NativeClient client = NativeClient.of(node, "ada")) {
      assertEquals("INVALID", client.answer(fields).text("code"));
      client.say("{'type':'ping'}");
      client.next("pong");
    }
  }

  @Test
  void idThatIsNoneIsInvalid() throws IOException {
    try (NativeClient client = NativeClient.of(node, "ada")) {
      for (String id : new String[] {"0", "-1", "1.5", "'1'", "9007199254740992", "1e3"}) {
        client.say("{'type':'join','room':'r','id':" + id + "}");
        Message error = client.next("error");
        assertEquals("INVALID", error.text("code"));
        assertFalse(error.has("id"));
      }
    }
  }

  @Test
  void firstFrameMustBeHello() throws IOException {
    try (NativeClient client = NativeClient.connect(node)) {
      client.say("{'type':'ping'}");
      Message error = client.next("error");
      assertEquals("HELLO_REQUIRED", error.text("code"));
      assertFalse(error.flag("retry"));
      assertEquals(4405, client.closeCode());
    }
  }

  @Test
  void helloMustComeInTime() throws IOException {
    try (NativeClient client = NativeClient.connect(node)) {
      Message error = client.next("error");
      assertEquals("HELLO_TIMEOUT", error.text("code"));
      assertTrue(error.flag("retry"));
      assertEquals(4408, client.closeCode());
    }
  }

  @Test
  void pingsInsteadOfHelloBuyNoTime() throws IOException {
    try (NativeClient client = NativeClient.connect(node)) {
      client.web().send(Frame.ping("a"));
      client.web().send(Frame.part(Frame.TEXT, "{\"type\":\"hel"));
      assertEquals("HELLO_TIMEOUT", client.next("error").text("code"));
      assertEquals(4408, client.closeCode());
    }
  }

  @Test
  void brokenFirstFrameIsNamedAsWhatItIs() throws IOException {
    try (NativeClient client = NativeClient.connect(node)) {
      client.say("{{");
      assertEquals("MALFORMED", client.next("error").text("code"));
      assertEquals(4400, client.closeCode());
    }
  }

  @Test
  void clientThatNeverAnswersACloseIsCutOff() throws IOException {
    try (NativeClient client = NativeClient.connect(node)) {
      assertEquals("HELLO_TIMEOUT", client.next("error").text("code"));
      assertEquals(4408, client.web().frame().closeCode());
      assertThrows(IOException.class, client.web()::frame);
    }
  }

  private void assertCloses(String code, int closeCode, String text) throws IOException {
    try (NativeClient client = NativeClient.of(node, "ada")) {
      client.say(text);
      Message error = client.next("error");
      assertEquals(code, error.text("code"));
      assertFalse(error.has("id"));
      assertEquals(closeCode, client.closeCode());
    }
  }
}
