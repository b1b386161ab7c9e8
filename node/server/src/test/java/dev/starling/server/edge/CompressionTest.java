package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compressed messages (RFC 7692) on the path that echoes, and on no other. */
final class CompressionTest extends SharedNode {
  private static final int PROTOCOL_ERROR = 1002;
  private static final int NOT_UTF8 = 1007;
  private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

  CompressionTest() {
    super("conformance.enabled=true");
  }

  /** Sections 12 and 13. */
  @ParameterizedTest
  @CsvSource({"0,1", "10,1", "200,1", "70000,1", "70000,37", "9000,256"})
  void compressedMessagesComeBackHoweverTheyAreCut(int size, int parts) throws IOException {
    String text = "compress me ".repeat(size / 12 + 1).substring(0, size);
    byte[] packed = deflate(text.getBytes(StandardCharsets.US_ASCII));
    try (EchoPeer peer = EchoPeer.of(node, "Sec-WebSocket-Extensions: permessage-deflate")) {
      assertEquals("permessage-deflate", peer.answer().headers().get("sec-websocket-extensions"));
      int step = Math.max(1, packed.length / parts);
      for (int start = 0; start < packed.length; start += step) {
        int end = Math.min(packed.length, start + step);
        int opcode = start == 0 ? Frame.RSV1 | Frame.TEXT : Frame.CONTINUATION;
        peer.send(
            new Frame(
                (end == packed.length ? Frame.FIN : 0) | opcode,
                Arrays.copyOfRange(packed, start, end)));
      }
      assertEquals(text, inflate(peer.next().payload()));
    }
  }

  @Test
  void messageThatUnpacksToTooMuchEndsTheConnection() throws IOException {
    byte[] bomb = deflate(new byte[Conformance.MAX_MESSAGE_BYTES + 1]);
    try (EchoPeer peer = EchoPeer.of(node, "Sec-WebSocket-Extensions: permessage-deflate")) {
      peer.send(new Frame(Frame.FIN | Frame.RSV1 | Frame.BINARY, bomb));
      assertEquals(NOT_UTF8, peer.closeCode());
    }
  }

  @Test
  void compressionMarkOutOfPlaceIsAViolation() throws IOException {
    try (EchoPeer peer = EchoPeer.of(node, "Sec-WebSocket-Extensions: permessage-deflate")) {
      peer.send(new Frame(Frame.FIN | Frame.RSV1 | Frame.PING, new byte[0]));
      assertEquals(PROTOCOL_ERROR, peer.closeCode());
    }
  }

  @Test
  void clientsOfTheProtocolAreNotOfferedCompression() throws IOException {
    String[] request = WebSocketClient.request("Sec-WebSocket-Extensions: permessage-deflate");
    HttpAnswer answer = HttpAnswer.ask(node, request);
    assertEquals(101, answer.status());
    assertNull(answer.headers().get("sec-websocket-extensions"));
  }

  @Test
  void pathIsThereOnlyWhereItWasAskedFor() throws IOException {
    try (TestNode plain = TestNode.start()) {
      String[] request = WebSocketClient.request();
      request[0] = "GET /conformance/ws HTTP/1.1";
      assertEquals(404, HttpAnswer.ask(plain, request).status());
    }
  }

  private static byte[] deflate(byte[] plain) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(plain);
    byte[] buffer = new byte[plain.length + 1024];
    int length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
    deflater.end();
    // What every message ends with is left out (RFC 7692, section 7.2.1).
    return Arrays.copyOf(buffer, length - TAIL.length);
  }

  private static String inflate(byte[] packed) throws IOException {
    byte[] whole = Arrays.copyOf(packed, packed.length + TAIL.length);
    System.arraycopy(TAIL, 0, whole, packed.length, TAIL.length);
    Inflater inflater = new Inflater(true);
    inflater.setInput(whole);
    byte[] text = new byte[1024 * 1024];
    try {
      return new String(text, 0, inflater.inflate(text), StandardCharsets.US_ASCII);
    } catch (DataFormatException broken) {
      throw new IOException(broken);
    } finally {
      inflater.end();
    }
  }
}
