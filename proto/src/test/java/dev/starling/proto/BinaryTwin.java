package dev.starling.proto;

import com.google.protobuf.ByteString;
import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.crdt.Content;
import dev.starling.proto.v1.ClientMessage.Action;
import dev.starling.proto.v1.ClientMessage.Settings.Change;

/** Writes what a reader made of a frame as a binary frame: read again, it must be the same. */
public final class BinaryTwin {
  private BinaryTwin() {}

  public static byte[] of(ClientMessage message) {
    var frame = dev.starling.proto.v1.ClientMessage.newBuilder();
    switch (message) {
      case ClientMessage.Hello hello -> hello(hello, frame.getHelloBuilder());
      case ClientMessage.Confirm confirm -> frame.getConfirmBuilder().setOffset(confirm.offset());
      case ClientMessage.Ping ping -> frame.getPingBuilder();
      case ClientMessage.Request request -> request(request, frame);
    }
    return frame.build().toByteArray();
  }

  private static void hello(
      ClientMessage.Hello hello, dev.starling.proto.v1.ClientMessage.Hello.Builder built) {
    if (hello.token() != null) {
      built.setToken(hello.token());
    }
    if (hello.resume() != null) {
      built.getResumeBuilder().setToken(hello.resume().token()).setOffset(hello.resume().offset());
    }
  }

  private static void request(
      ClientMessage.Request request, dev.starling.proto.v1.ClientMessage.Builder frame) {
    long id = request.id();
    String room = request.room();
    switch (request) {
      case ClientMessage.Join join -> join(join, frame.getJoinBuilder().setId(id).setRoom(room));
      case ClientMessage.Leave leave -> frame.getLeaveBuilder().setId(id).setRoom(room);
      case ClientMessage.Signal signal ->
          frame
              .getSignalBuilder()
              .setId(id)
              .setRoom(room)
              .setTo(signal.to())
              .setData(content(signal.data()));
      case ClientMessage.Broadcast broadcast ->
          frame.getBroadcastBuilder().setId(id).setRoom(room).setData(content(broadcast.data()));
      case ClientMessage.Profile profile ->
          frame.getProfileBuilder().setId(id).setRoom(room).setProfile(content(profile.profile()));
      case ClientMessage.Chat chat ->
          frame.getChatBuilder().setId(id).setRoom(room).setData(content(chat.data()));
      case ClientMessage.Settings settings ->
          change(
              settings.change(),
              frame.getSettingsBuilder().setId(id).setRoom(room).getSettingsBuilder());
      case ClientMessage.History history ->
          history(history, frame.getHistoryBuilder().setId(id).setRoom(room));
      case ClientMessage.Moderate moderate ->
          moderate(moderate, frame.getModerateBuilder().setId(id).setRoom(room));
    }
  }

  private static void join(
      ClientMessage.Join join, dev.starling.proto.v1.ClientMessage.Join.Builder built) {
    built.setProfile(content(join.profile()));
    if (join.password() != null) {
      built.setPassword(join.password());
    }
  }

  private static void change(SettingsChange change, Change.Builder built) {
    if (change.limit() != null) {
      built.setLimit(change.limit());
    }
    if (change.locked() != null) {
      built.setLocked(change.locked());
    }
    if (change.lobby() != null) {
      built.setLobby(change.lobby());
    }
    if (change.password() != null) {
      built.setPassword(change.password());
    }
    if (change.metadata() != null) {
      built.setMetadata(content(change.metadata()));
    }
  }

  private static void history(
      ClientMessage.History history, dev.starling.proto.v1.ClientMessage.History.Builder built) {
    built.setLimit(history.limit());
    if (history.before() != null) {
      built.setBefore(history.before());
    }
  }

  private static void moderate(
      ClientMessage.Moderate moderate, dev.starling.proto.v1.ClientMessage.Moderate.Builder built) {
    built.setAction(Action.valueOf(moderate.action().name()));
    if (moderate.member() != null) {
      built.setMember(moderate.member());
    }
    if (moderate.user() != null) {
      built.setUser(moderate.user());
    }
    if (moderate.seconds() != null) {
      built.setSeconds(moderate.seconds());
    }
  }

  private static dev.starling.proto.v1.Content content(Content content) {
    return dev.starling.proto.v1.Content.newBuilder()
        .setType(content.type())
        .setData(ByteString.copyFrom(content.bytes().toArray()))
        .build();
  }
}
