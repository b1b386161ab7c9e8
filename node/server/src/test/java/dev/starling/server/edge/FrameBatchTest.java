package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of a server's frames, as RFC 6455 wants them. */
final class FrameBatchTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final FrameBatch batch = new FrameBatch(channel);

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536})
  void lengthIsWrittenInItsShortestForm(int length) {
    byte[] payload = new byte[length];
    batch.add(FrameBatch.TEXT, payload, length);
    assertArrayEquals(new Frame(Frame.FIN | Frame.TEXT, payload).unmasked(), written());
  }

  @Test
  void framesOfATurnStandBehindEachOtherInOneBuffer() {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (int i = 0; i < 9; i++) {
      byte[] payload = new byte[i * 100];
      batch.add(FrameBatch.BINARY, payload, payload.length);
      expected.writeBytes(new Frame(Frame.FIN | Frame.BINARY, payload).unmasked());
    }
    batch.add(FrameBatch.PONG, Unpooled.wrappedBuffer(new byte[] {7}));
    expected.writeBytes(new Frame(Frame.FIN | Frame.PONG, new byte[] {7}).unmasked());
    assertEquals(expected.size(), batch.bytes());
    assertArrayEquals(expected.toByteArray(), written());
    assertEquals(0, batch.bytes());
  }

  @Test
  void whatFillsATlsRecordIsHandedOverAtOnce() {
    batch.add(FrameBatch.TEXT, new byte[16 * 1024], 16 * 1024);
    assertEquals(0, batch.bytes());
    assertEquals(16 * 1024 + 4, written().length);
  }

  @Test
  void nothingIsWrittenToAClosedChannel() {
    batch.add(FrameBatch.TEXT, new byte[3], 3);
    channel.close();
    batch.handOver();
    assertNull(channel.readOutbound());
    batch.drop();
    assertEquals(0, batch.bytes());
  }

  /** What one write has brought. */
  private byte[] written() {
    batch.handOver();
    channel.flush();
    ByteBuf buffer = channel.readOutbound();
    try {
      return ByteBufUtil.getBytes(buffer);
    } finally {
      buffer.release();
      assertNull(channel.readOutbound());
    }
  }
}
