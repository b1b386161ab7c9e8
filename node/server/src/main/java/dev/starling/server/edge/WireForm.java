package dev.starling.server.edge;

import dev.starling.proto.FrameReader;
import dev.starling.proto.FrameWriter;
import dev.starling.proto.binary.BinaryFrameReader;
import dev.starling.proto.binary.BinaryFrameWriter;
import dev.starling.proto.json.JsonFrameReader;
import dev.starling.proto.json.JsonFrameWriter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.List;
import java.util.function.Supplier;

/**
 * A wire form of the native protocol: its subprotocol, its kind of frame and its codec, of which
 * each thread has one. Thread-safe.
 */
final class WireForm {
  private final String subprotocol;
  private final Class<? extends WebSocketFrame> frames;
  private final int opcode;
  private final FastThreadLocal<FrameReader> reader;
  private final FastThreadLocal<FrameWriter> writer;

  private WireForm(
      String subprotocol,
      Class<? extends WebSocketFrame> frames,
      int opcode,
      Supplier<FrameReader> reader,
      Supplier<FrameWriter> writer) {
    this.subprotocol = subprotocol;
    this.frames = frames;
    this.opcode = opcode;
    this.reader = perThread(reader);
    this.writer = perThread(writer);
  }

  /**
   * All forms; the first is for clients that don't say.
   *
   * @param jsonDepth how deep JSON may be nested
   */
  static List<WireForm> all(int jsonDepth) {
    return List.of(
        new WireForm(
            "starling.v1.json",
            TextWebSocketFrame.class,
            FrameBatch.TEXT,
            () -> new JsonFrameReader(jsonDepth),
            JsonFrameWriter::new),
        new WireForm(
            "starling.v1.proto",
            BinaryWebSocketFrame.class,
            FrameBatch.BINARY,
            () -> new BinaryFrameReader(jsonDepth),
            BinaryFrameWriter::new));
  }

  private static <T> FastThreadLocal<T> perThread(Supplier<T> maker) {
    return new FastThreadLocal<>() {
      @Override
      protected T initialValue() {
        return maker.get();
      }
    };
  }

  String subprotocol() {
    return subprotocol;
  }

  /** Whether a data frame is of this form's kind. */
  boolean takes(WebSocketFrame frame) {
    return frames.isInstance(frame);
  }

  FrameReader reader() {
    return reader.get();
  }

  FrameWriter writer() {
    return writer.get();
  }

  /** The opcode of a frame of this form. */
  int opcode() {
    return opcode;
  }
}
