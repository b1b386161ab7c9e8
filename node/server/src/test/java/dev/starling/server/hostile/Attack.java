package dev.starling.server.hostile;

import dev.starling.server.edge.Frame;
import java.io.IOException;

/** What an intruder does; it ends where the server's reaction is due. */
@FunctionalInterface
interface Attack {
  void by(Intruder intruder) throws IOException;

  /** Frames in the middle of a session, masked as they must be. */
  static Attack frames(Frame... frames) {
    return intruder -> {
      intruder.hello();
      intruder.send(frames);
    };
  }

  /** Bytes in the middle of a session, each from 0 to 255. */
  static Attack bytes(int... bytes) {
    return intruder -> {
      intruder.hello();
      intruder.raw(bytes(bytes, 0));
    };
  }

  /** Text messages in the middle of a session; single quotes stand for double ones. */
  static Attack json(String... messages) {
    return intruder -> {
      intruder.hello();
      intruder.say(messages);
    };
  }

  /** The same, in a room named {@code r}. */
  static Attack inside(String... messages) {
    return intruder -> {
      intruder.joinOwn();
      intruder.say(messages);
    };
  }

  /** Text messages on a connection that has just been upgraded. */
  static Attack first(String... messages) {
    return intruder -> {
      intruder.upgrade(Intruder.JSON);
      intruder.say(messages);
    };
  }

  /** Binary messages in the middle of a session of the binary form. */
  static Attack binary(byte[]... messages) {
    return intruder -> {
      intruder.binaryHello();
      for (byte[] message : messages) {
        intruder.send(new Frame(Frame.FIN | Frame.BINARY, message));
      }
    };
  }

  /** The bytes of one HTTP request, or of none; each character is a byte. */
  static Attack http(String request) {
    return intruder -> intruder.raw(request);
  }

  /** The first bytes on a connection. */
  static Attack record(int... bytes) {
    return intruder -> intruder.plain(bytes(bytes, 0));
  }

  /** Bytes, each from 0 to 255, followed by zeros. */
  static byte[] bytes(int[] values, int zeros) {
    byte[] bytes = new byte[values.length + zeros];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
