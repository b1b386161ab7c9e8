package dev.starling.proto.json;

import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.protocol.IceServer;
import dev.starling.core.protocol.Outage;
import dev.starling.core.protocol.RoomSettings;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Announced;
import dev.starling.core.protocol.ServerMessage.Broadcasted;
import dev.starling.core.protocol.ServerMessage.Chatted;
import dev.starling.core.protocol.ServerMessage.Degraded;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.History;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.Knocked;
import dev.starling.core.protocol.ServerMessage.MemberChanged;
import dev.starling.core.protocol.ServerMessage.Moved;
import dev.starling.core.protocol.ServerMessage.MuteRequested;
import dev.starling.core.protocol.ServerMessage.Pong;
import dev.starling.core.protocol.ServerMessage.Replayed;
import dev.starling.core.protocol.ServerMessage.Said;
import dev.starling.core.protocol.ServerMessage.SettingsChanged;
import dev.starling.core.protocol.ServerMessage.Signaled;
import dev.starling.core.protocol.ServerMessage.Waiting;
import dev.starling.core.protocol.ServerMessage.Welcome;
import dev.starling.crdt.ChatMessage;
import dev.starling.crdt.Content;
import dev.starling.crdt.Member;
import dev.starling.proto.FrameWriter;
import dev.starling.proto.WireTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes a server's messages as JSON frames. The frame stands in {@link #buffer} until the next is
 * written; the caller copies it to where the transport wants it. One per thread.
 */
public final class JsonFrameWriter implements FrameWriter {
  private final JsonWriter json = new JsonWriter();
  private int bodyLength;

  /** What stands in the buffer up to {@code bodyLength}, where others may get the same. */
  private @Nullable ServerMessage shared;

  @Override
  public byte[] buffer() {
    return json.buffer();
  }

  @Override
  public int write(ServerMessage message, @Nullable String offset, String receiver) {
    if (message.equals(shared)) {
      json.truncate(bodyLength);
    } else {
      shared = null;
      json.clear();
      json.open('{');
      body(message, receiver);
      bodyLength = json.length();
      shared = FrameWriter.isShared(message) ? message : null;
    }
    if (offset != null) {
      json.name("offset").string(offset);
    }
    json.close('}');
    return json.length();
  }

  private void body(ServerMessage message, String receiver) {
    switch (message) {
      case Signaled signal -> relayed("signal", signal.room(), signal.from(), signal.data());
      case Done done -> done(done);
      case Broadcasted broadcast ->
          relayed("broadcast", broadcast.room(), broadcast.from(), broadcast.data());
      case Pong pong -> type("pong");
      case MemberChanged change -> memberChanged(change, receiver);
      case Chatted chat -> chatted(chat);
      case Said said -> said(said);
      case Failed failed -> failed(failed);
      case Joined joined -> joined(joined, receiver);
      case Waiting waiting -> type("waiting").name("id").number(waiting.id());
      case SettingsChanged changed -> {
        type("settings").name("room").string(changed.room()).name("settings");
        settings(changed.settings());
      }
      case Knocked knocked -> knocked(knocked);
      case MuteRequested mute ->
          type("mute").name("room").string(mute.room()).name("from").string(mute.from());
      case Announced announced -> announced(announced);
      case Degraded degraded -> {
        type("degraded").name("room").string(degraded.room());
        outages(degraded.degraded());
      }
      case History history -> history(history);
      case Welcome welcome -> welcome(welcome);
      case Replayed replayed -> type("replayed");
      case Moved moved -> {
        type("moved");
        strings("urls", moved.urls());
        json.name("withinMs").number(moved.withinMillis());
      }
    }
  }

  private JsonWriter type(String type) {
    return json.name("type").string(type);
  }

  private void relayed(String type, String room, String from, Content data) {
    type(type).name("room").string(room).name("from").string(from);
    content("data", data);
  }

  private void content(String name, Content content) {
    json.name(name);
    if (content.type().equals(Content.JSON)) {
      json.raw(content.bytes());
    } else {
      json.base64(content.bytes()).name("encoding").string("base64");
    }
  }

  private void done(Done done) {
    type("done").name("id").number(done.id());
    if (done.copies() > 0) {
      json.name("copies").number(done.copies());
    }
    if (done.missed() != null) {
      strings("missed", done.missed());
    }
  }

  private void said(Said said) {
    type("done").name("id").number(said.id()).name("message").string(said.message());
    json.name("at").string(time(said.atMillis())).name("copies").number(said.copies());
  }

  private void failed(Failed failed) {
    type("error");
    if (failed.id() != null) {
      json.name("id").number(failed.id());
    }
    json.name("code").string(failed.code().name()).name("message").string(failed.message());
    json.name("retry").bool(failed.code().retry());
  }

  private void memberChanged(MemberChanged change, String receiver) {
    type("member").name("room").string(change.room());
    json.name("event").string(lower(change.event())).name("member");
    member(change.member(), receiver);
    if (change.reason() != null) {
      json.name("reason").string(lower(change.reason()));
    }
  }

  private void member(Member member, String receiver) {
    json.open('{').name("member").string(member.session()).name("user").string(member.user());
    json.name("role").string(member.role().text()).name("region").string(member.region());
    json.name("polite").bool(receiver.compareTo(member.session()) < 0);
    content("profile", member.profile().value());
    json.name("since").string(time(member.since().millis())).close('}');
  }

  private void chatted(Chatted chat) {
    type("chat").name("room").string(chat.room()).name("message");
    chatMessage(chat.message());
  }

  private void chatMessage(ChatMessage message) {
    json.open('{').name("message").string(message.id()).name("from").string(message.session());
    json.name("user").string(message.user()).name("at").string(time(message.at().millis()));
    content("data", message.data());
    json.close('}');
  }

  private void chatMessages(String name, Iterable<ChatMessage> messages) {
    json.name(name).open('[');
    messages.forEach(this::chatMessage);
    json.close(']');
  }

  private void joined(Joined joined, String receiver) {
    type("joined");
    if (joined.id() != null) {
      json.name("id").number(joined.id());
    }
    json.name("room").string(joined.room()).name("self").string(joined.self().session());
    json.name("role").string(joined.self().role().text()).name("members").open('[');
    joined.members().forEach(member -> member(member, receiver));
    json.close(']').name("settings");
    settings(joined.settings());
    chatMessages("chat", joined.chat());
    outages(joined.degraded());
    json.name("copies").number(joined.copies());
  }

  private void outages(List<Outage> outages) {
    json.name("degraded").open('[');
    for (Outage outage : outages) {
      json.open('{').name("region").string(outage.region());
      json.name("since").string(time(outage.sinceMillis())).close('}');
    }
    json.close(']');
  }

  private void settings(RoomSettings settings) {
    json.open('{').name("limit").number(settings.limit());
    json.name("locked").bool(settings.locked()).name("lobby").bool(settings.lobby());
    json.name("password").bool(settings.password());
    strings("residency", settings.residency());
    content("metadata", settings.metadata());
    json.close('}');
  }

  private void knocked(Knocked knocked) {
    type("knock").name("room").string(knocked.room()).name("member").string(knocked.member());
    json.name("user").string(knocked.user());
    content("profile", knocked.profile());
  }

  private void announced(Announced announced) {
    type("announcement").name("room").string(announced.room());
    content("data", announced.data());
  }

  private void history(History history) {
    type("history").name("id").number(history.id());
    chatMessages("messages", history.messages());
    json.name("more").bool(history.more());
  }

  private void welcome(Welcome welcome) {
    type("welcome").name("session").string(welcome.session());
    json.name("resumeToken").string(welcome.resumeToken());
    json.name("resumed").bool(welcome.resumed());
    if (welcome.reason() != null) {
      json.name("reason").string(welcome.reason().name());
    }
    json.name("user").string(welcome.user()).name("node").string(welcome.node());
    json.name("region").string(welcome.region());
    strings("urls", welcome.urls());
    strings("rooms", welcome.rooms());
    json.name("heartbeatMs").number(welcome.heartbeatMillis());
    json.name("confirmMs").number(welcome.confirmMillis());
    json.name("iceServers").open('[');
    welcome.iceServers().forEach(this::iceServer);
    json.close(']');
    limits(welcome.limits());
  }

  private void iceServer(IceServer server) {
    json.open('{');
    strings("urls", server.urls());
    if (server.username() != null && server.credential() != null) {
      json.name("username").string(server.username());
      json.name("credential").string(server.credential());
    }
    json.close('}');
  }

  private void limits(ClientLimits limits) {
    json.name("limits").open('{').name("messageBytes").number(limits.messageBytes());
    json.name("roomsPerSession").number(limits.roomsPerSession());
    json.name("membersPerRoom").number(limits.membersPerRoom());
    json.name("chatBytes").number(limits.chatBytes());
    json.name("profileBytes").number(limits.profileBytes()).close('}');
  }

  private void strings(String name, Iterable<String> values) {
    json.name(name).open('[');
    values.forEach(json::string);
    json.close(']');
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String time(long epochMillis) {
    return WireTime.of(epochMillis);
  }
}
