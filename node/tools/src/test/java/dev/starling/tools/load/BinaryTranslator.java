package dev.starling.tools.load;

import com.google.protobuf.ByteString;
import dev.starling.proto.v1.ClientMessage;
import dev.starling.proto.v1.Content;
import dev.starling.proto.v1.ServerMessage;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets a stub that speaks JSON serve a client of the binary form. */
final class BinaryTranslator
    extends MessageToMessageCodec<BinaryWebSocketFrame, TextWebSocketFrame> {
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof HandshakeComplete complete
        && !"starling.v1.proto".equals(complete.selectedSubprotocol())) {
      ctx.pipeline().remove(this);
    }
    super.userEventTriggered(ctx, event);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, BinaryWebSocketFrame frame, List<Object> out)
      throws Exception {
    ClientMessage message = ClientMessage.parseFrom(ByteBufUtil.getBytes(frame.content()));
    out.add(new TextWebSocketFrame(json(message)));
  }

  private static String json(ClientMessage message) {
    return switch (message.getMessageCase()) {
      case HELLO -> "{\"type\":\"hello\"}";
      case JOIN -> request("join", message.getJoin().getId(), message.getJoin().getRoom()) + "}";
      case SIGNAL -> {
        ClientMessage.Signal signal = message.getSignal();
        yield request("signal", signal.getId(), signal.getRoom())
            + (",\"to\":\"" + signal.getTo() + "\"")
            + data(signal.getData());
      }
      case BROADCAST -> {
        ClientMessage.Broadcast broadcast = message.getBroadcast();
        yield request("broadcast", broadcast.getId(), broadcast.getRoom())
            + data(broadcast.getData());
      }
      case CHAT -> {
        ClientMessage.Chat chat = message.getChat();
        yield request("chat", chat.getId(), chat.getRoom()) + data(chat.getData());
      }
      default -> "{\"type\":\"other\"}";
    };
  }

  private static String request(String type, long id, String room) {
    return "{\"type\":\"" + type + "\",\"id\":" + id + ",\"room\":\"" + room + "\"";
  }

  private static String data(Content data) {
    return ",\"data\":" + data.getData().toStringUtf8() + "}";
  }

  @Override
  protected void encode(ChannelHandlerContext ctx, TextWebSocketFrame frame, List<Object> out) {
    ServerMessage message = message(frame.text());
    out.add(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message.toByteArray())));
  }

  private static ServerMessage message(String json) {
    ServerMessage.Builder message = ServerMessage.newBuilder().setOffset(field(json, "offset"));
    long id = Long.parseLong("0" + field(json, "id"));
    Content data = Content.newBuilder().setData(ByteString.copyFromUtf8(payload(json))).build();
    switch (field(json, "type")) {
      case "welcome" ->
          message.getWelcomeBuilder().setSession(field(json, "session")).setResumeToken("r");
      case "joined" -> message.getJoinedBuilder().setId(id);
      case "done" -> message.getDoneBuilder().setId(id);
      case "error" -> message.getErrorBuilder().setId(id).setCode(field(json, "code"));
      case "signal" -> message.getSignalBuilder().setData(data);
      case "broadcast" -> message.getBroadcastBuilder().setData(data);
      case "chat" -> message.getChatBuilder().getMessageBuilder().setData(data);
      default -> throw new IllegalArgumentException(json);
    }
    return message.build();
  }

  private static String field(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"?([\\w-]+)").matcher(json);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** The data, which nothing but the offset and ends of objects follow. */
  private static String payload(String json) {
    Matcher matcher = Pattern.compile("\"data\":(\\{.*}),\"offset\"").matcher(json);
    if (!matcher.find()) {
      return "";
    }
    String data = matcher.group(1);
    return json.startsWith("{\"type\":\"chat\"") ? data.substring(0, data.length() - 1) : data;
  }
}
