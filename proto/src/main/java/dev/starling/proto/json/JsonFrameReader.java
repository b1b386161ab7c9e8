package dev.starling.proto.json;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.proto.Bounds;
import dev.starling.proto.ClientFrame;
import dev.starling.proto.FrameReader;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's JSON frames. A frame is checked once from end to end; payloads stay windows on
 * it, so the caller gives the array away. Never throws on any input. One per thread.
 */
public final class JsonFrameReader implements FrameReader {
  private final JsonScanner scanner;
  private final FieldTable fields;
  private final FieldTable inner;

  /**
   * @param maxDepth how deep a frame may be nested, 1 to 64; its outer object counts
   */
  public JsonFrameReader(int maxDepth) {
    this.scanner = new JsonScanner(maxDepth);
    this.fields = new FieldTable(scanner);
    this.inner = new FieldTable(scanner);
  }

  @Override
  public ClientFrame read(byte[] frame, int length) {
    try {
      scanner.reset(frame, length);
      scanner.onlySpaceFrom(fields.read(frame, scanner.space(0), 0));
    } catch (JsonException malformed) {
      return refuseMalformed(frame, length, malformed);
    }
    try {
      fields.requireNoRepeats();
      return message(frame, fields.string(Field.TYPE, 1, 32));
    } catch (FieldException invalid) {
      return new ClientFrame.Refused(idOrNull(), Code.INVALID, text(invalid));
    }
  }

  private static ClientFrame refuseMalformed(byte[] frame, int length, JsonException malformed) {
    return JsonText.isUtf8(frame, length)
        ? new ClientFrame.Refused(null, Code.MALFORMED, text(malformed))
        : new ClientFrame.Refused(null, Code.NOT_UTF8, "the frame isn't UTF-8");
  }

  private static String text(Exception refusal) {
    return String.valueOf(refusal.getMessage());
  }

  private ClientFrame message(byte[] frame, String type) throws FieldException {
    ClientMessage message =
        switch (type) {
          case "signal" ->
              new ClientMessage.Signal(
                  fields.id(),
                  room(),
                  fields.string(Field.TO, 1, Bounds.SESSION),
                  fields.content(Field.DATA));
          case "confirm" ->
              new ClientMessage.Confirm(fields.string(Field.OFFSET, 1, Bounds.OFFSET));
          case "ping" -> new ClientMessage.Ping();
          case "broadcast" ->
              new ClientMessage.Broadcast(fields.id(), room(), fields.content(Field.DATA));
          case "hello" -> hello(frame);
          default -> roomOperation(frame, type);
        };
    return message != null
        ? new ClientFrame.Valid(message)
        : new ClientFrame.Refused(idOrNull(), Code.UNSUPPORTED, "no such message type");
  }

  private @Nullable ClientMessage roomOperation(byte[] frame, String type) throws FieldException {
    return switch (type) {
      case "chat" -> new ClientMessage.Chat(fields.id(), room(), fields.content(Field.DATA));
      case "join" ->
          new ClientMessage.Join(
              fields.id(),
              room(),
              fields.object(Field.PROFILE),
              fields.optionalString(Field.PASSWORD, 1, Bounds.PASSWORD));
      case "leave" -> new ClientMessage.Leave(fields.id(), room());
      case "profile" ->
          new ClientMessage.Profile(fields.id(), room(), fields.object(Field.PROFILE));
      case "history" ->
          new ClientMessage.History(
              fields.id(),
              room(),
              fields.optionalString(Field.BEFORE, 1, Bounds.MESSAGE_ID),
              fields.integer(Field.LIMIT, Bounds.PAGE, Bounds.DEFAULT_PAGE));
      case "settings" -> new ClientMessage.Settings(fields.id(), room(), settingsChange(frame));
      case "moderate" -> moderate();
      default -> null;
    };
  }

  private String room() throws FieldException {
    String room = fields.string(Field.ROOM, 1, Bounds.ROOM);
    if (Bounds.hasControl(room)) {
      throw new FieldException(Field.ROOM, "has a control character");
    }
    return room;
  }

  private ClientMessage hello(byte[] frame) throws FieldException {
    return new ClientMessage.Hello(
        fields.optionalString(Field.TOKEN, 1, Bounds.TOKEN), resume(frame));
  }

  private ClientMessage.@Nullable Resume resume(byte[] frame) throws FieldException {
    if (!fields.has(Field.RESUME)) {
      return null;
    }
    readInner(frame, Field.RESUME);
    return new ClientMessage.Resume(
        inner.string(Field.TOKEN, 1, Bounds.TOKEN), inner.string(Field.OFFSET, 1, Bounds.OFFSET));
  }

  private void readInner(byte[] frame, Field field) throws FieldException {
    if (!fields.has(field)) {
      throw new FieldException(field, "is missing");
    }
    try {
      inner.read(frame, fields.start(field), 1);
    } catch (JsonException notAnObject) {
      throw new FieldException(field, "must be an object");
    }
    inner.requireNoRepeats();
  }

  private SettingsChange settingsChange(byte[] frame) throws FieldException {
    readInner(frame, Field.SETTINGS);
    Long limit = inner.optionalInteger(Field.LIMIT, Bounds.LIMIT);
    return new SettingsChange(
        limit == null ? null : limit.intValue(),
        inner.optionalBoolean(Field.LOCKED),
        inner.optionalBoolean(Field.LOBBY),
        inner.optionalString(Field.PASSWORD, 0, Bounds.PASSWORD),
        inner.has(Field.METADATA) ? inner.object(Field.METADATA) : null);
  }

  private ClientMessage moderate() throws FieldException {
    return new ClientMessage.Moderate(
        fields.id(),
        room(),
        action(),
        fields.optionalString(Field.MEMBER, 1, Bounds.SESSION),
        fields.optionalString(Field.USER, 1, Bounds.USER),
        fields.optionalInteger(Field.SECONDS, Bounds.BAN_SECONDS));
  }

  private ClientMessage.Action action() throws FieldException {
    String name = fields.string(Field.ACTION, 1, 32);
    for (ClientMessage.Action action : ClientMessage.Action.values()) {
      if (action.name().toLowerCase(Locale.ROOT).equals(name)) {
        return action;
      }
    }
    throw new FieldException(Field.ACTION, "must be kick, ban, unban, admit, deny, mute or close");
  }

  private @Nullable Long idOrNull() {
    try {
      return fields.id();
    } catch (FieldException noGoodId) {
      return null;
    }
  }
}
