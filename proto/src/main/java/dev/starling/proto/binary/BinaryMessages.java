package dev.starling.proto.binary;

import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.protocol.IceServer;
import dev.starling.core.protocol.Outage;
import dev.starling.core.protocol.RoomSettings;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.crdt.ChatMessage;
import dev.starling.crdt.Content;
import dev.starling.crdt.Member;
import dev.starling.proto.WireTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Turns the cores' records into the generated messages. */
final class BinaryMessages {
  private BinaryMessages() {}

  static dev.starling.proto.v1.ServerMessage.Builder build(ServerMessage message, String receiver) {
    var frame = dev.starling.proto.v1.ServerMessage.newBuilder();
    answer(message, receiver, frame);
    return frame;
  }

  private static void event(
      ServerMessage.Event event,
      String receiver,
      dev.starling.proto.v1.ServerMessage.Builder frame) {
    switch (event) {
      case ServerMessage.Signaled signal ->
          frame
              .getSignalBuilder()
              .setRoom(signal.room())
              .setFrom(signal.from())
              .setData(content(signal.data()));
      case ServerMessage.Broadcasted broadcast ->
          frame
              .getBroadcastBuilder()
              .setRoom(broadcast.room())
              .setFrom(broadcast.from())
              .setData(content(broadcast.data()));
      case ServerMessage.MemberChanged change -> memberChanged(change, receiver, frame);
      case ServerMessage.Chatted chat ->
          frame.getChatBuilder().setRoom(chat.room()).setMessage(chatMessage(chat.message()));
      case ServerMessage.SettingsChanged changed ->
          frame
              .getSettingsBuilder()
              .setRoom(changed.room())
              .setSettings(settings(changed.settings()));
      case ServerMessage.Knocked knocked -> knocked(knocked, frame);
      case ServerMessage.MuteRequested mute ->
          frame.getMuteBuilder().setRoom(mute.room()).setFrom(mute.from());
      case ServerMessage.Degraded degraded ->
          frame
              .getDegradedBuilder()
              .setRoom(degraded.room())
              .addAllDegraded(outages(degraded.degraded()));
      case ServerMessage.Announced announced ->
          frame
              .getAnnouncementBuilder()
              .setRoom(announced.room())
              .setData(content(announced.data()));
    }
  }

  private static void answer(
      ServerMessage answer, String receiver, dev.starling.proto.v1.ServerMessage.Builder frame) {
    switch (answer) {
      case ServerMessage.Done done -> done(done, frame);
      case ServerMessage.Said said -> said(said, frame);
      case ServerMessage.Failed failed -> failed(failed, frame);
      case ServerMessage.Pong pong -> frame.getPongBuilder();
      case ServerMessage.Replayed replayed -> frame.getReplayedBuilder();
      case ServerMessage.Waiting waiting -> frame.getWaitingBuilder().setId(waiting.id());
      case ServerMessage.Moved moved ->
          frame.getMovedBuilder().addAllUrls(moved.urls()).setWithinMs(moved.withinMillis());
      case ServerMessage.Welcome welcome -> welcome(welcome, frame);
      case ServerMessage.Joined joined -> joined(joined, receiver, frame);
      case ServerMessage.History history -> history(history, frame);
      case ServerMessage.Event event -> event(event, receiver, frame);
    }
  }

  private static List<dev.starling.proto.v1.ServerMessage.Degradation> outages(
      List<Outage> outages) {
    List<dev.starling.proto.v1.ServerMessage.Degradation> written = new ArrayList<>();
    for (Outage outage : outages) {
      written.add(
          dev.starling.proto.v1.ServerMessage.Degradation.newBuilder()
              .setRegion(outage.region())
              .setSince(WireTime.of(outage.sinceMillis()))
              .build());
    }
    return written;
  }

  private static void knocked(
      ServerMessage.Knocked knocked, dev.starling.proto.v1.ServerMessage.Builder frame) {
    frame
        .getKnockBuilder()
        .setRoom(knocked.room())
        .setMember(knocked.member())
        .setUser(knocked.user())
        .setProfile(content(knocked.profile()));
  }

  private static void said(
      ServerMessage.Said said, dev.starling.proto.v1.ServerMessage.Builder frame) {
    frame
        .getDoneBuilder()
        .setId(said.id())
        .setMessage(said.message())
        .setAt(WireTime.of(said.atMillis()))
        .setCopies(said.copies());
  }

  private static void done(
      ServerMessage.Done done, dev.starling.proto.v1.ServerMessage.Builder frame) {
    var answer = frame.getDoneBuilder().setId(done.id()).setCopies(done.copies());
    if (done.missed() != null) {
      answer.addAllMissed(done.missed());
    }
  }

  private static void failed(
      ServerMessage.Failed failed, dev.starling.proto.v1.ServerMessage.Builder frame) {
    var error =
        frame
            .getErrorBuilder()
            .setCode(failed.code().name())
            .setMessage(failed.message())
            .setRetry(failed.code().retry());
    if (failed.id() != null) {
      error.setId(failed.id());
    }
  }

  private static void welcome(
      ServerMessage.Welcome welcome, dev.starling.proto.v1.ServerMessage.Builder frame) {
    var built =
        frame
            .getWelcomeBuilder()
            .setSession(welcome.session())
            .setResumeToken(welcome.resumeToken())
            .setResumed(welcome.resumed())
            .setUser(welcome.user())
            .setNode(welcome.node())
            .setRegion(welcome.region())
            .addAllUrls(welcome.urls())
            .addAllRooms(welcome.rooms())
            .setHeartbeatMs(welcome.heartbeatMillis())
            .setConfirmMs(welcome.confirmMillis())
            .setLimits(limits(welcome.limits()));
    if (welcome.reason() != null) {
      built.setReason(welcome.reason().name());
    }
    welcome.iceServers().forEach(server -> built.addIceServers(iceServer(server)));
  }

  private static dev.starling.proto.v1.ServerMessage.Limits limits(ClientLimits limits) {
    return dev.starling.proto.v1.ServerMessage.Limits.newBuilder()
        .setMessageBytes(limits.messageBytes())
        .setRoomsPerSession(limits.roomsPerSession())
        .setMembersPerRoom(limits.membersPerRoom())
        .setChatBytes(limits.chatBytes())
        .setProfileBytes(limits.profileBytes())
        .build();
  }

  private static dev.starling.proto.v1.ServerMessage.IceServer iceServer(IceServer server) {
    var built =
        dev.starling.proto.v1.ServerMessage.IceServer.newBuilder().addAllUrls(server.urls());
    if (server.username() != null && server.credential() != null) {
      built.setUsername(server.username()).setCredential(server.credential());
    }
    return built.build();
  }

  private static void joined(
      ServerMessage.Joined joined,
      String receiver,
      dev.starling.proto.v1.ServerMessage.Builder frame) {
    var built =
        frame
            .getJoinedBuilder()
            .setRoom(joined.room())
            .setSelf(joined.self().session())
            .setRole(joined.self().role().text())
            .setSettings(settings(joined.settings()))
            .addAllDegraded(outages(joined.degraded()))
            .setCopies(joined.copies());
    if (joined.id() != null) {
      built.setId(joined.id());
    }
    joined.members().forEach(member -> built.addMembers(member(member, receiver)));
    joined.chat().forEach(message -> built.addChat(chatMessage(message)));
  }

  private static void history(
      ServerMessage.History history, dev.starling.proto.v1.ServerMessage.Builder frame) {
    var built = frame.getHistoryBuilder().setId(history.id()).setMore(history.more());
    history.messages().forEach(message -> built.addMessages(chatMessage(message)));
  }

  private static void memberChanged(
      ServerMessage.MemberChanged change,
      String receiver,
      dev.starling.proto.v1.ServerMessage.Builder frame) {
    var built =
        frame
            .getMemberBuilder()
            .setRoom(change.room())
            .setEvent(change.event().name().toLowerCase(Locale.ROOT))
            .setMember(member(change.member(), receiver));
    if (change.reason() != null) {
      built.setReason(change.reason().name().toLowerCase(Locale.ROOT));
    }
  }

  private static dev.starling.proto.v1.ServerMessage.Member member(Member member, String receiver) {
    return dev.starling.proto.v1.ServerMessage.Member.newBuilder()
        .setMember(member.session())
        .setUser(member.user())
        .setRole(member.role().text())
        .setRegion(member.region())
        .setPolite(receiver.compareTo(member.session()) < 0)
        .setProfile(content(member.profile().value()))
        .setSince(WireTime.of(member.since().millis()))
        .build();
  }

  private static dev.starling.proto.v1.ServerMessage.ChatMessage chatMessage(ChatMessage message) {
    return dev.starling.proto.v1.ServerMessage.ChatMessage.newBuilder()
        .setMessage(message.id())
        .setFrom(message.session())
        .setUser(message.user())
        .setAt(WireTime.of(message.at().millis()))
        .setData(content(message.data()))
        .build();
  }

  private static dev.starling.proto.v1.ServerMessage.RoomSettings settings(RoomSettings settings) {
    return dev.starling.proto.v1.ServerMessage.RoomSettings.newBuilder()
        .setLimit(settings.limit())
        .setLocked(settings.locked())
        .setLobby(settings.lobby())
        .setPassword(settings.password())
        .addAllResidency(settings.residency())
        .setMetadata(content(settings.metadata()))
        .build();
  }

  private static dev.starling.proto.v1.Content content(Content content) {
    var built = dev.starling.proto.v1.Content.newBuilder().setData(Windows.of(content.bytes()));
    if (!content.type().equals(Content.JSON)) {
      built.setType(content.type());
    }
    return built.build();
  }
}
