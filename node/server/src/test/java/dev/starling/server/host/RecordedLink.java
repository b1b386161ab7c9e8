package dev.starling.server.host;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection that remembers what was sent over it. Used on one loop. */
final class RecordedLink implements ClientLink {
  private final List<ServerMessage> sent = new ArrayList<>();
  private @Nullable Code closed;

  @Override
  public void send(ServerMessage message, @Nullable String offset, String receiver) {
    if (closed == null) {
      sent.add(message);
    }
  }

  @Override
  public void ping() {}

  @Override
  public void close(Code code, String message) {
    closed = code;
  }

  @Override
  public void drop() {}

  /** What was sent, and is forgotten by this. */
  List<ServerMessage> take() {
    List<ServerMessage> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }

  @Nullable Code closed() {
    return closed;
  }
}
