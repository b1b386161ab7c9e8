package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** Frames that say nothing cost their sender its rate all the same. */
final class EmptyFrameTest extends SharedNode {
  private static final int MANY = 60;

  EmptyFrameTest() {
    super("limits.messagesPerSecond=1", "limits.messageBurst=10");
  }

  @Test
  void pingsAreCounted() throws IOException {
    assertFlooding(Frame.ping(""));
  }

  @Test
  void pongsAreCounted() throws IOException {
    assertFlooding(new Frame(Frame.FIN | Frame.PONG, new byte[0]));
  }

  @Test
  void emptyPartsOfAMessageAreCounted() throws IOException {
    try (NativeClient client = NativeClient.of(node, "eve")) {
      client.web().send(Frame.part(Frame.TEXT, "{"));
      flood(client, new Frame(Frame.CONTINUATION, new byte[0]));
      assertEquals(4430, client.closeCode());
    }
  }

  private void assertFlooding(Frame frame) throws IOException {
    try (NativeClient client = NativeClient.of(node, "eve")) {
      flood(client, frame);
      assertEquals(4430, client.closeCode());
    }
  }

  private static void flood(NativeClient client, Frame frame) throws IOException {
    for (int i = 0; i < MANY; i++) {
      client.web().send(frame);
    }
  }

  @Test
  void pingsBeforeHelloAreBounded() throws IOException {
    try (NativeClient client = NativeClient.connect(node)) {
      for (int i = 0; i < 100; i++) {
        client.web().send(Frame.ping(""));
      }
      assertEquals(4430, client.closeCode());
    }
  }

  @Test
  void messageInTooManyPartsIsTooLarge() throws IOException {
    try (TestNode fast =
            TestNode.start("limits.messageBurst=100000", "limits.messagesPerSecond=100000");
        Socket socket = fast.socket();
        NativeClient client = NativeClient.over(socket)) {
      client.hello(Token.of("eve").text());
      client.web().send(Frame.part(Frame.TEXT, " "));
      for (int i = 0; i < 130; i++) {
        client.web().send(Frame.part(Frame.CONTINUATION, " "));
      }
      assertEquals(1009, client.closeCode());
    }
  }
}
