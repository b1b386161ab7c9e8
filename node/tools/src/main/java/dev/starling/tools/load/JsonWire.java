package dev.starling.tools.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The JSON form of the native protocol. */
class JsonWire implements Wire {
  private static final byte[] TYPE = ascii("type");
  private static final byte[] ID = ascii("id");
  private static final byte[] DATA = ascii("data");
  private static final byte[] OFFSET = ascii("offset");
  private static final byte[] MESSAGE = ascii("message");
  private static final byte[] MISSED = ascii("missed");
  private static final byte[] CODE = ascii("code");
  private static final byte[] SESSION = ascii("session");
  private static final byte[] RESUME_TOKEN = ascii("resumeToken");
  private static final byte[] RESUMED = ascii("resumed");

  private final JsonFields fields = new JsonFields();
  private final JsonFields chat = new JsonFields();
  private final Payload payload = new Payload();
  private byte[] scratch = new byte[8192];

  @Override
  public @Nullable String subprotocol() {
    return "starling.v1.json";
  }

  @Override
  public @Nullable WebSocketFrame hello(ByteBufAllocator memory, Credentials credentials) {
    StringBuilder text = new StringBuilder("{\"type\":\"hello\"");
    String token = credentials.token();
    if (token != null) {
      text.append(",\"token\":\"").append(token).append('"');
    }
    if (!credentials.resumeToken().isEmpty()) {
      text.append(",\"resume\":{\"token\":\"").append(credentials.resumeToken());
      text.append("\",\"offset\":\"").append(credentials.offset()).append("\"}");
    }
    return text(memory, text.append('}').toString());
  }

  @Override
  public @Nullable WebSocketFrame join(ByteBufAllocator memory, long id, String room) {
    return text(memory, "{\"type\":\"join\",\"id\":" + id + ",\"room\":\"" + room + "\"}");
  }

  @Override
  public WebSocketFrame request(
      ByteBufAllocator memory, String room, String to, int sender, Request request) {
    int payloadBytes = Script.payload(request.kind(), request.step()).length;
    ByteBuf out = memory.ioBuffer(payloadBytes + 384);
    put(out, "{\"type\":\"");
    put(out, request.kind().word());
    put(out, "\",\"id\":");
    put(out, request.id());
    put(out, ",\"room\":\"");
    put(out, room);
    if (request.kind() == Kind.SIGNAL) {
      put(out, "\",\"to\":\"");
      put(out, to);
    }
    put(out, "\",\"data\":");
    Payload.write(out, sender, request);
    out.writeByte('}');
    return new TextWebSocketFrame(out);
  }

  @Override
  public WebSocketFrame confirm(ByteBufAllocator memory, byte[] offset, int length) {
    ByteBuf out = memory.ioBuffer(length + 40);
    put(out, "{\"type\":\"confirm\",\"offset\":\"");
    out.writeBytes(offset, 0, length);
    put(out, "\"}");
    return new TextWebSocketFrame(out);
  }

  @Override
  public void decode(ByteBuf message, Inbound inbound) {
    int length = message.readableBytes();
    if (scratch.length < length) {
      scratch = new byte[Integer.highestOneBit(length) << 1];
    }
    message.getBytes(message.readerIndex(), scratch, 0, length);
    fields.read(scratch, 0, length);
    int type = fields.find(TYPE);
    if (type < 0) {
      throw new IllegalArgumentException("a message without a type");
    }
    dispatch(fields.start(type), fields.end(type), inbound);
    int toConfirm = fields.find(toConfirm());
    if (toConfirm >= 0) {
      inbound.offset(scratch, fields.start(toConfirm), fields.end(toConfirm));
    }
  }

  /** The field that a client confirms by. */
  byte[] toConfirm() {
    return OFFSET;
  }

  private void dispatch(int start, int end, Inbound inbound) {
    switch (new String(scratch, start, end - start, StandardCharsets.ISO_8859_1)) {
      case "signal" -> delivered(Kind.SIGNAL, inbound);
      case "done" -> inbound.done(fields.number(ID), missed());
      case "broadcast" -> delivered(Kind.BROADCAST, inbound);
      case "chat" -> chat(inbound);
      case "error" -> inbound.refused(fields.number(ID), fields.text(CODE));
      case "welcome" ->
          inbound.welcome(
              fields.text(SESSION), fields.text(RESUME_TOKEN), fields.text(RESUMED).equals("true"));
      case "token" -> inbound.token(fields.text(RESUME_TOKEN));
      case "joined" -> inbound.joined();
      case "confirm" -> confirmed(fields.number(OFFSET), inbound);
      default -> {} // Members coming and going, pongs: nothing that a run counts.
    }
  }

  /** A confirmation of the other side, which only a bare relay passes on. */
  void confirmed(long offset, Inbound inbound) {}

  private void delivered(Kind kind, Inbound inbound) {
    int field = fields.find(DATA);
    if (field >= 0) {
      delivered(kind, fields.start(field), fields.end(field), inbound);
    }
  }

  private void chat(Inbound inbound) {
    int message = fields.find(MESSAGE);
    if (message < 0) {
      return;
    }
    chat.read(scratch, fields.start(message), fields.end(message) - fields.start(message));
    int field = chat.find(DATA);
    if (field >= 0) {
      delivered(Kind.CHAT, chat.start(field), chat.end(field), inbound);
    }
  }

  private void delivered(Kind kind, int start, int end, Inbound inbound) {
    payload.read(kind, scratch, start, end - start, inbound);
  }

  /** Counts the members in the list: each is one string without escapes. */
  private int missed() {
    int field = fields.find(MISSED);
    if (field < 0) {
      return 0;
    }
    int quotes = 0;
    for (int i = fields.start(field); i < fields.end(field); i++) {
      quotes += scratch[i] == '"' ? 1 : 0;
    }
    return quotes / 2;
  }

  static final byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static WebSocketFrame text(ByteBufAllocator memory, String text) {
    return new TextWebSocketFrame(ByteBufUtil.writeUtf8(memory, text));
  }

  private static void put(ByteBuf out, String ascii) {
    ByteBufUtil.writeAscii(out, ascii);
  }

  private static void put(ByteBuf out, long number) {
    ByteBufUtil.writeAscii(out, Long.toString(number));
  }
}
