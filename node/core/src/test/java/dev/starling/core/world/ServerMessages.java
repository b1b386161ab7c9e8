package dev.starling.core.world;

import dev.starling.core.protocol.ServerMessage;
import org.jspecify.annotations.Nullable;

/** Which request a message answers. */
final class ServerMessages {
  private ServerMessages() {}

  /** The request's number, or null where the message is no answer. */
  static @Nullable Long requestOf(ServerMessage message) {
    return switch (message) {
      case ServerMessage.Joined joined -> joined.id();
      case ServerMessage.Waiting waiting -> waiting.id();
      case ServerMessage.Done done -> done.id();
      case ServerMessage.Said said -> said.id();
      case ServerMessage.History history -> history.id();
      case ServerMessage.Failed failed -> failed.id();
      case ServerMessage.Welcome welcome -> null;
      case ServerMessage.Replayed replayed -> null;
      case ServerMessage.Pong pong -> null;
      case ServerMessage.Moved moved -> null;
      case ServerMessage.Event event -> null;
    };
  }
}
