package dev.starling.proto.binary;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.ClientMessage.Action;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.proto.Bounds;
import dev.starling.proto.ClientFrame;
import dev.starling.proto.FrameReader;
import dev.starling.proto.json.JsonCheck;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's binary frames. Payloads stay windows on the frame, so the caller gives the array
 * away. Never throws on any input. One per thread.
 */
public final class BinaryFrameReader implements FrameReader {
  /** Unknown fields are skipped: kept, they take a hundred times the memory of their bytes. */
  private static final Parser<dev.starling.proto.v1.ClientMessage> PARSER =
      DiscardUnknownFieldsParser.wrap(dev.starling.proto.v1.ClientMessage.parser());

  private final BinaryFields fields;

  /**
   * @param maxJsonDepth how deep JSON content may be nested, 2 to 64
   */
  public BinaryFrameReader(int maxJsonDepth) {
    this.fields = new BinaryFields(new JsonCheck(maxJsonDepth));
  }

  @Override
  public ClientFrame read(byte[] frame, int length) {
    dev.starling.proto.v1.ClientMessage parsed;
    try {
      // Only input that is known to be immutable is aliased.
      CodedInputStream in = UnsafeByteOperations.unsafeWrap(frame, 0, length).newCodedInput();
      in.enableAliasing(true);
      parsed = PARSER.parseFrom(in);
    } catch (IOException malformed) {
      return new ClientFrame.Refused(
          null, Code.MALFORMED, "the frame isn't a starling.v1.ClientMessage");
    }
    try {
      ClientMessage message = message(parsed);
      return message != null
          ? new ClientFrame.Valid(message)
          : new ClientFrame.Refused(null, Code.UNSUPPORTED, "no such message type");
    } catch (BinaryFieldException invalid) {
      return new ClientFrame.Refused(
          idOrNull(parsed), Code.INVALID, String.valueOf(invalid.getMessage()));
    }
  }

  private @Nullable ClientMessage message(dev.starling.proto.v1.ClientMessage parsed)
      throws BinaryFieldException {
    return switch (parsed.getMessageCase()) {
      case SIGNAL -> signal(parsed.getSignal());
      case CONFIRM ->
          new ClientMessage.Confirm(
              BinaryFields.text("offset", parsed.getConfirm().getOffset(), Bounds.OFFSET));
      case PING -> new ClientMessage.Ping();
      case BROADCAST -> broadcast(parsed.getBroadcast());
      case CHAT -> chat(parsed.getChat());
      case HELLO -> hello(parsed.getHello());
      case JOIN -> join(parsed.getJoin());
      case LEAVE ->
          new ClientMessage.Leave(
              BinaryFields.id(parsed.getLeave().getId()),
              BinaryFields.room(parsed.getLeave().getRoom()));
      case PROFILE -> profile(parsed.getProfile());
      case SETTINGS -> settings(parsed.getSettings());
      case HISTORY -> history(parsed.getHistory());
      case MODERATE -> moderate(parsed.getModerate());
      case MESSAGE_NOT_SET -> null;
    };
  }

  private ClientMessage signal(dev.starling.proto.v1.ClientMessage.Signal signal)
      throws BinaryFieldException {
    return new ClientMessage.Signal(
        BinaryFields.id(signal.getId()),
        BinaryFields.room(signal.getRoom()),
        BinaryFields.text("to", signal.getTo(), Bounds.SESSION),
        fields.content("data", signal.hasData(), signal.getData()));
  }

  private ClientMessage broadcast(dev.starling.proto.v1.ClientMessage.Broadcast broadcast)
      throws BinaryFieldException {
    return new ClientMessage.Broadcast(
        BinaryFields.id(broadcast.getId()),
        BinaryFields.room(broadcast.getRoom()),
        fields.content("data", broadcast.hasData(), broadcast.getData()));
  }

  private ClientMessage chat(dev.starling.proto.v1.ClientMessage.Chat chat)
      throws BinaryFieldException {
    return new ClientMessage.Chat(
        BinaryFields.id(chat.getId()),
        BinaryFields.room(chat.getRoom()),
        fields.content("data", chat.hasData(), chat.getData()));
  }

  private static ClientMessage hello(dev.starling.proto.v1.ClientMessage.Hello hello)
      throws BinaryFieldException {
    ClientMessage.Resume resume = null;
    if (hello.hasResume()) {
      resume =
          new ClientMessage.Resume(
              BinaryFields.text("token", hello.getResume().getToken(), Bounds.TOKEN),
              BinaryFields.text("offset", hello.getResume().getOffset(), Bounds.OFFSET));
    }
    return new ClientMessage.Hello(
        BinaryFields.optional("token", hello.getToken(), Bounds.TOKEN), resume);
  }

  private ClientMessage join(dev.starling.proto.v1.ClientMessage.Join join)
      throws BinaryFieldException {
    return new ClientMessage.Join(
        BinaryFields.id(join.getId()),
        BinaryFields.room(join.getRoom()),
        fields.object("profile", join.hasProfile(), join.getProfile()),
        BinaryFields.optional("password", join.getPassword(), Bounds.PASSWORD));
  }

  private ClientMessage profile(dev.starling.proto.v1.ClientMessage.Profile profile)
      throws BinaryFieldException {
    return new ClientMessage.Profile(
        BinaryFields.id(profile.getId()),
        BinaryFields.room(profile.getRoom()),
        fields.object("profile", profile.hasProfile(), profile.getProfile()));
  }

  private ClientMessage settings(dev.starling.proto.v1.ClientMessage.Settings settings)
      throws BinaryFieldException {
    if (!settings.hasSettings()) {
      throw new BinaryFieldException("settings", "is missing");
    }
    var change = settings.getSettings();
    return new ClientMessage.Settings(
        BinaryFields.id(settings.getId()),
        BinaryFields.room(settings.getRoom()),
        new SettingsChange(
            change.hasLimit()
                ? Integer.valueOf(
                    (int) BinaryFields.integer("limit", change.getLimit(), Bounds.LIMIT))
                : null,
            change.hasLocked() ? Boolean.valueOf(change.getLocked()) : null,
            change.hasLobby() ? Boolean.valueOf(change.getLobby()) : null,
            change.hasPassword()
                ? BinaryFields.bounded("password", change.getPassword(), Bounds.PASSWORD)
                : null,
            change.hasMetadata() ? fields.object("metadata", true, change.getMetadata()) : null));
  }

  private static ClientMessage history(dev.starling.proto.v1.ClientMessage.History history)
      throws BinaryFieldException {
    int limit = history.getLimit();
    return new ClientMessage.History(
        BinaryFields.id(history.getId()),
        BinaryFields.room(history.getRoom()),
        BinaryFields.optional("before", history.getBefore(), Bounds.MESSAGE_ID),
        limit == 0 ? Bounds.DEFAULT_PAGE : (int) BinaryFields.integer("limit", limit, Bounds.PAGE));
  }

  private static ClientMessage moderate(dev.starling.proto.v1.ClientMessage.Moderate moderate)
      throws BinaryFieldException {
    long seconds = moderate.getSeconds();
    return new ClientMessage.Moderate(
        BinaryFields.id(moderate.getId()),
        BinaryFields.room(moderate.getRoom()),
        action(moderate.getAction()),
        BinaryFields.optional("member", moderate.getMember(), Bounds.SESSION),
        BinaryFields.optional("user", moderate.getUser(), Bounds.USER),
        seconds == 0
            ? null
            : Long.valueOf(BinaryFields.integer("seconds", seconds, Bounds.BAN_SECONDS)));
  }

  private static Action action(dev.starling.proto.v1.ClientMessage.Action action)
      throws BinaryFieldException {
    return switch (action) {
      case KICK -> Action.KICK;
      case BAN -> Action.BAN;
      case UNBAN -> Action.UNBAN;
      case ADMIT -> Action.ADMIT;
      case DENY -> Action.DENY;
      case MUTE -> Action.MUTE;
      case CLOSE -> Action.CLOSE;
      case ACTION_UNSPECIFIED, UNRECOGNIZED ->
          throw new BinaryFieldException(
              "action", "must be kick, ban, unban, admit, deny, mute or close");
    };
  }

  /** The number of a request that was refused, where it has a good one. */
  private static @Nullable Long idOrNull(dev.starling.proto.v1.ClientMessage parsed) {
    long id =
        switch (parsed.getMessageCase()) {
          case JOIN -> parsed.getJoin().getId();
          case LEAVE -> parsed.getLeave().getId();
          case SIGNAL -> parsed.getSignal().getId();
          case BROADCAST -> parsed.getBroadcast().getId();
          case PROFILE -> parsed.getProfile().getId();
          case SETTINGS -> parsed.getSettings().getId();
          case CHAT -> parsed.getChat().getId();
          case HISTORY -> parsed.getHistory().getId();
          case MODERATE -> parsed.getModerate().getId();
          case HELLO, CONFIRM, PING, MESSAGE_NOT_SET -> 0;
        };
    return id < 1 || id > Bounds.ID ? null : Long.valueOf(id);
  }
}
