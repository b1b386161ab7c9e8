package dev.starling.core.session;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.room.RoomRequest;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of one session put their outputs during a step. Without a connection, sends
 * vanish.
 */
final class Emitter {
  private Consumer<? super SessionOutput> out = Emitter::refuse;
  private boolean attached;
  private List<String> residency;

  /**
   * @param residency the regions that the client's token pins its rooms to; empty for all
   */
  Emitter(List<String> residency) {
    this.residency = residency;
  }

  /** The client has brought another token. */
  void pin(List<String> regions) {
    residency = regions;
  }

  void begin(Consumer<? super SessionOutput> consumer) {
    out = consumer;
  }

  void end() {
    out = Emitter::refuse;
  }

  private static void refuse(SessionOutput output) {
    throw new IllegalStateException("output outside a step: " + output);
  }

  boolean attached() {
    return attached;
  }

  void attach(long link) {
    attached = true;
    out.accept(new SessionOutput.UseLink(link));
  }

  void detach() {
    attached = false;
  }

  void emit(SessionOutput output) {
    out.accept(output);
  }

  void send(ServerMessage message) {
    send(message, null);
  }

  void send(ServerMessage message, @Nullable String offset) {
    if (attached) {
      out.accept(new SessionOutput.Send(message, offset));
    }
  }

  void relay(String to, Relay relay) {
    out.accept(new SessionOutput.SendRelay(to, relay));
  }

  void relay(List<String> to, Relay relay) {
    out.accept(new SessionOutput.SendRelays(to, relay));
  }

  void ask(RoomRequest request, String room) {
    out.accept(new SessionOutput.AskRoom(room, request, residency));
  }

  /** Says why and closes; the connection is gone from here on. */
  void close(Code code, String message) {
    if (attached) {
      out.accept(new SessionOutput.Send(new Failed(null, code, message), null));
      out.accept(new SessionOutput.CloseLink(code, message));
      attached = false;
    }
  }
}
