package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main cases of sections 1 to 10 of the Autobahn suite against the path that echoes. */
final class ConformanceTest extends SharedNode {
  private static final int PROTOCOL_ERROR = 1002;
  private static final int NOT_UTF8 = 1007;

  ConformanceTest() {
    super("conformance.enabled=true");
  }

  /** Sections 1 and 9: sizes at which the length is written differently, and large ones. */
  @ParameterizedTest
  @ValueSource(ints = {0, 125, 126, 127, 128, 65_535, 65_536, 4 * 1024 * 1024, 16 * 1024 * 1024})
  void messagesOfEverySizeComeBack(int size) throws IOException {
    byte[] payload = new byte[size];
    Arrays.fill(payload, (byte) '*');
    try (EchoPeer peer = EchoPeer.of(node)) {
      for (int opcode : new int[] {Frame.TEXT, Frame.BINARY}) {
        peer.send(new Frame(Frame.FIN | opcode, payload));
        Frame back = peer.next();
        assertEquals(opcode, back.opcode());
        assertArrayEquals(payload, back.payload());
      }
    }
  }

  @Test
  void messageAboveTheBoundIsTooLarge() throws IOException {
    try (EchoPeer peer = EchoPeer.of(node)) {
      byte[] half = new byte[9 * 1024 * 1024];
      peer.send(new Frame(Frame.BINARY, half));
      // It isn't listened to while it doesn't take what comes back.
      assertEquals(half.length, peer.next().payload().length);
      peer.send(new Frame(Frame.FIN | Frame.CONTINUATION, half));
      assertEquals(1009, peer.closeCode());
    }
  }

  /** Section 2. */
  @Test
  void pingsAreAnsweredInOrderAndPongsAreNot() throws IOException {
    try (EchoPeer peer = EchoPeer.of(node)) {
      peer.send(
          new Frame(Frame.FIN | Frame.PONG, new byte[] {1}),
          Frame.ping("one"),
          Frame.ping(""),
          Frame.ping("x".repeat(125)));
      assertEquals("one", peer.next().text());
      assertEquals("", peer.next().text());
      assertEquals("x".repeat(125), peer.next().text());
    }
  }

  @Test
  void tooLargePingIsAViolation() throws IOException {
    assertEnds(PROTOCOL_ERROR, Frame.ping("x".repeat(126)));
  }

  /** Section 3. */
  @ParameterizedTest
  @ValueSource(ints = {0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70})
  void reservedBitsAreAViolation(int bits) throws IOException {
    assertEnds(PROTOCOL_ERROR, new Frame(Frame.FIN | bits | Frame.TEXT, new byte[] {'a'}));
    assertEnds(PROTOCOL_ERROR, new Frame(Frame.FIN | bits | Frame.PING, new byte[] {'a'}));
  }

  /** Section 4. */
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
  void reservedOpcodesAreAViolation(int opcode) throws IOException {
    assertEnds(PROTOCOL_ERROR, new Frame(Frame.FIN | opcode, new byte[] {'a'}));
  }

  /** Section 5. */
  @Test
  void controlFramesPassBetweenThePartsOfAMessage() throws IOException {
    try (EchoPeer peer = EchoPeer.of(node)) {
      peer.send(
          Frame.part(Frame.TEXT, "one "),
          Frame.ping("between"),
          Frame.part(Frame.CONTINUATION, ""),
          new Frame(Frame.FIN | Frame.PONG, new byte[0]),
          Frame.part(Frame.FIN | Frame.CONTINUATION, "two"));
      StringBuilder message = new StringBuilder();
      String pong = null;
      boolean last = false;
      while (!last) {
        Frame frame = peer.next();
        if (frame.opcode() == Frame.PONG) {
          pong = frame.text();
        } else {
          message.append(frame.text());
          last = frame.text().equals("two");
        }
      }
      assertEquals("one two", message.toString());
      assertEquals("between", pong);
    }
  }

  @Test
  void partsOutOfPlaceAreAViolation() throws IOException {
    assertEnds(PROTOCOL_ERROR, Frame.part(Frame.FIN | Frame.CONTINUATION, "a"));
    assertEnds(PROTOCOL_ERROR, Frame.part(Frame.TEXT, "a"), Frame.text("b"));
    assertEnds(PROTOCOL_ERROR, Frame.part(Frame.PING, "a"));
  }

  /** Section 6. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cebae1bdb9cf83cebcceb5eda080656469746564",
        "f4908080",
        "c080",
        "e08080",
        "80",
        "fe",
        "ff",
        "c0af",
        "eda080",
        "edbfbf",
        "f8a1a1a1a1"
      })
  void textThatIsNotUtf8Ends(String hex) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertEnds(NOT_UTF8, new Frame(Frame.FIN | Frame.TEXT, bytes));
    byte[] first = Arrays.copyOf(bytes, 1);
    byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
    assertEnds(
        NOT_UTF8,
        new Frame(Frame.TEXT, first),
        Frame.ping(""),
        new Frame(Frame.FIN | Frame.CONTINUATION, rest));
  }

  @Test
  void textThatEndsInsideACharacterEnds() throws IOException {
    assertEnds(NOT_UTF8, new Frame(Frame.FIN | Frame.TEXT, new byte[] {(byte) 0xce}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"κόσμε", "\u0000", "\uFFFF", "\uD83D\uDE00", "\uDBFF\uDFFF"})
  void everyCharacterComesBackHoweverItIsCut(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (EchoPeer peer = EchoPeer.of(node)) {
      ByteArrayOutputStream back = new ByteArrayOutputStream();
      for (int i = 0; i < bytes.length; i++) {
        int head = (i == bytes.length - 1 ? Frame.FIN : 0) | (i == 0 ? Frame.TEXT : 0);
        peer.send(new Frame(head, new byte[] {bytes[i]}));
        back.writeBytes(peer.next().payload());
      }
      assertArrayEquals(bytes, back.toByteArray());
    }
  }

  /** Section 7. */
  @ParameterizedTest
  @ValueSource(
      ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999})
  void closeIsAnsweredWithItsCode(int code) throws IOException {
    assertEnds(code, Frame.close(code));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65_535})
  void closeCodeThatNobodyMaySendIsAViolation(int code) throws IOException {
    assertEnds(PROTOCOL_ERROR, Frame.close(code));
  }

  @Test
  void malformedCloseIsAViolation() throws IOException {
    assertEnds(PROTOCOL_ERROR, new Frame(Frame.FIN | Frame.CLOSE, new byte[] {3}));
    assertEnds(NOT_UTF8, new Frame(Frame.FIN | Frame.CLOSE, new byte[] {3, (byte) 232, -1}));
    assertEnds(PROTOCOL_ERROR, new Frame(Frame.FIN | Frame.CLOSE, new byte[126]));
    assertEnds(1005, Frame.closeWithoutCode());
  }

  @Test
  void nothingIsAnsweredAfterAClose() throws IOException {
    try (EchoPeer peer = EchoPeer.of(node)) {
      peer.send(Frame.close(1000), Frame.ping("late"), Frame.text("late"));
      assertEquals(Frame.CLOSE, peer.next().opcode());
    }
  }

  /** Section 10: a long message that is cut at no boundary of its parts. */
  @Test
  void longMessageInManyPartsComesBack() throws IOException {
    try (EchoPeer peer = EchoPeer.of(node)) {
      String part = "*".repeat(1300);
      for (int i = 0; i < 50; i++) {
        int head = (i == 49 ? Frame.FIN : 0) | (i == 0 ? Frame.TEXT : 0);
        peer.send(new Frame(head, part.getBytes(StandardCharsets.US_ASCII)));
      }
      int length = 0;
      while (length < 50 * 1300) {
        length += peer.next().payload().length;
      }
      assertEquals(50 * 1300, length);
    }
  }

  private void assertEnds(int code, Frame... frames) throws IOException {
    try (EchoPeer peer = EchoPeer.of(node)) {
      peer.send(frames);
      assertEquals(code, peer.closeCode());
    }
  }
}
