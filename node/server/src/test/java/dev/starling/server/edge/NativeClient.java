package dev.starling.server.edge;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A client of the native protocol. JSON may be written with single quotes. One thread at a time;
 * what it waits for must come within the socket's own bound.
 */
public final class NativeClient implements AutoCloseable {
  private static final String JSON_FORM = "Sec-WebSocket-Protocol: starling.v1.json";

  private final WebSocketClient web;
  private final ArrayDeque<Message> early = new ArrayDeque<>();
  private long lastId;
  private String session = "";
  private String resumeToken = "";
  private String offset = "";

  private NativeClient(WebSocketClient web) {
    this.web = web;
  }

  /** Connects, and says nothing yet. */
  public static NativeClient connect(TestNode node) throws IOException {
    return over(node.socket());
  }

  public static NativeClient over(Socket socket) throws IOException {
    return new NativeClient(WebSocketClient.upgrade(socket, JSON_FORM));
  }

  /** Connects and says hello as a user who may enter every room. */
  public static NativeClient of(TestNode node, String user) throws IOException {
    NativeClient client = connect(node);
    client.hello(Token.of(user).text());
    return client;
  }

  /** Connects, says hello and joins. */
  public static NativeClient in(TestNode node, String room, String user) throws IOException {
    NativeClient client = of(node, user);
    client.join(room);
    return client;
  }

  /** Says hello, and takes the welcome. */
  public Message hello(@Nullable String token) throws IOException {
    say(token == null ? "{'type':'hello'}" : "{'type':'hello','token':'" + token + "'}");
    return welcome();
  }

  /** Says hello to go on with another connection's session, and takes the welcome. */
  public Message resume(NativeClient old, @Nullable String token) throws IOException {
    String resume = "'resume':{'token':'" + old.resumeToken + "','offset':'" + old.offset + "'}";
    String credentials = token == null ? "" : ",'token':'" + token + "'";
    say("{'type':'hello'," + resume + credentials + "}");
    lastId = old.lastId;
    return welcome();
  }

  private Message welcome() throws IOException {
    Message welcome = next("welcome");
    session = welcome.text("session");
    resumeToken = welcome.text("resumeToken");
    return welcome;
  }

  /** The session's public id. */
  public String session() {
    return session;
  }

  WebSocketClient web() {
    return web;
  }

  public void say(String json) throws IOException {
    web.send(json.replace('\'', '"'));
  }

  /** Asks something, given as fields without braces and id; the id it got. */
  public long ask(String fields) throws IOException {
    long id = ++lastId;
    say("{'id':" + id + "," + fields + "}");
    return id;
  }

  /** Asks something, and waits for the answer. */
  public Message answer(String fields) throws IOException {
    return answerTo(ask(fields));
  }

  /** The answer to a request; what comes before it is kept for {@link #next()}. */
  public Message answerTo(long id) throws IOException {
    while (true) {
      Message message = read();
      if (message.has("id") && message.number("id") == id) {
        return message;
      }
      early.add(message);
    }
  }

  public Message join(String room) throws IOException {
    return answer("'type':'join','room':'" + room + "'");
  }

  /** The next message that no {@link #answerTo} took. */
  public Message next() throws IOException {
    Message kept = early.poll();
    return kept != null ? kept : read();
  }

  /** The next message, which must be of a type. */
  public Message next(String type) throws IOException {
    Message message = next();
    if (!message.text("type").equals(type)) {
      throw new AssertionError("expected " + type + ", not " + message);
    }
    return message;
  }

  /** Confirms everything taken in so far. */
  public void confirm() throws IOException {
    say("{'type':'confirm','offset':'" + offset + "'}");
  }

  /** The code that the connection is closed with. */
  public int closeCode() {
    return web.closeCode();
  }

  /** Ends the session as a client that means to. */
  void leave() throws IOException {
    web.send(Frame.close(1000));
    closeCode();
    cutOff();
  }

  private Message read() throws IOException {
    Frame frame = web.message();
    if (frame.opcode() != Frame.TEXT) {
      throw new IOException("expected a message, not " + frame);
    }
    Message message = Message.of(frame.text());
    if (message.has("offset")) {
      offset = message.text("offset");
    }
    return message;
  }

  /** Ends the connection without a word. */
  void cutOff() throws IOException {
    web.close();
  }

  @Override
  public void close() throws IOException {
    cutOff();
  }
}
