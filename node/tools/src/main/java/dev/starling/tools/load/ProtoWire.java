package dev.starling.tools.load;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.starling.proto.v1.ClientMessage;
import dev.starling.proto.v1.Content;
import dev.starling.proto.v1.ServerMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The binary form of the native protocol. */
final class ProtoWire implements Wire {
  private final Payload payload = new Payload();
  private final ByteBuf scratch = Unpooled.buffer(8192);

  @Override
  public String subprotocol() {
    return "starling.v1.proto";
  }

  @Override
  public WebSocketFrame hello(ByteBufAllocator memory, Credentials credentials) {
    ClientMessage.Hello.Builder hello = ClientMessage.Hello.newBuilder();
    if (credentials.token() != null) {
      hello.setToken(credentials.token());
    }
    if (!credentials.resumeToken().isEmpty()) {
      hello.getResumeBuilder().setToken(credentials.resumeToken()).setOffset(credentials.offset());
    }
    return frame(memory, ClientMessage.newBuilder().setHello(hello));
  }

  @Override
  public WebSocketFrame join(ByteBufAllocator memory, long id, String room) {
    return frame(
        memory,
        ClientMessage.newBuilder()
            .setJoin(ClientMessage.Join.newBuilder().setId(id).setRoom(room)));
  }

  @Override
  public WebSocketFrame request(
      ByteBufAllocator memory, String room, String to, int sender, Request request) {
    scratch.clear();
    Payload.write(scratch, sender, request);
    ByteString bytes = ByteString.copyFrom(scratch.array(), 0, scratch.readableBytes());
    Content data = Content.newBuilder().setData(bytes).build();
    ClientMessage.Builder message = ClientMessage.newBuilder();
    switch (request.kind()) {
      case SIGNAL ->
          message.getSignalBuilder().setId(request.id()).setRoom(room).setTo(to).setData(data);
      case BROADCAST ->
          message.getBroadcastBuilder().setId(request.id()).setRoom(room).setData(data);
      case CHAT -> message.getChatBuilder().setId(request.id()).setRoom(room).setData(data);
    }
    return frame(memory, message);
  }

  @Override
  public WebSocketFrame confirm(ByteBufAllocator memory, byte[] offset, int length) {
    ByteString text = ByteString.copyFrom(offset, 0, length);
    return frame(
        memory,
        ClientMessage.newBuilder()
            .setConfirm(ClientMessage.Confirm.newBuilder().setOffsetBytes(text)));
  }

  @Override
  public void decode(ByteBuf message, Inbound inbound) {
    ServerMessage frame;
    try {
      frame = ServerMessage.parseFrom(message.nioBuffer());
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalArgumentException("no message of the binary form", broken);
    }
    dispatch(frame, inbound);
    if (!frame.getOffset().isEmpty()) {
      byte[] offset = frame.getOffsetBytes().toByteArray();
      inbound.offset(offset, 0, offset.length);
    }
  }

  private void dispatch(ServerMessage frame, Inbound inbound) {
    switch (frame.getMessageCase()) {
      case SIGNAL -> delivered(Kind.SIGNAL, frame.getSignal().getData(), inbound);
      case BROADCAST -> delivered(Kind.BROADCAST, frame.getBroadcast().getData(), inbound);
      case CHAT -> delivered(Kind.CHAT, frame.getChat().getMessage().getData(), inbound);
      case DONE -> inbound.done(frame.getDone().getId(), frame.getDone().getMissedCount());
      case ERROR -> inbound.refused(frame.getError().getId(), frame.getError().getCode());
      case WELCOME ->
          inbound.welcome(
              frame.getWelcome().getSession(),
              frame.getWelcome().getResumeToken(),
              frame.getWelcome().getResumed());
      case JOINED -> inbound.joined();
      case MESSAGE_NOT_SET -> throw new IllegalArgumentException("a message without a type");
      default -> {} // Members coming and going, pongs: nothing that a run counts.
    }
  }

  private void delivered(Kind kind, Content data, Inbound inbound) {
    byte[] bytes = data.getData().toByteArray();
    payload.read(kind, bytes, 0, bytes.length, inbound);
  }

  private static WebSocketFrame frame(ByteBufAllocator memory, ClientMessage.Builder message) {
    ClientMessage built = message.build();
    int size = built.getSerializedSize();
    ByteBuf out = memory.ioBuffer(size, size);
    try {
      CodedOutputStream stream = CodedOutputStream.newInstance(out.nioBuffer(0, size));
      built.writeTo(stream);
      stream.flush();
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
    return new BinaryWebSocketFrame(out.writerIndex(size));
  }
}
