package dev.starling.core.world;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.ClientMessage.Action;
import dev.starling.core.protocol.ClientMessage.Request;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A client that does what its test says, and the least that the protocol asks of it: it answers
 * pings, keeps the newest offset and resume token, and confirms what it takes in. It never filters
 * what it is sent.
 */
class Client {
  private final Timeline timeline;
  private final Node node;
  private final String token;
  private final List<ServerMessage> received = new ArrayList<>();
  private final TreeMap<Long, List<ServerMessage>> answers = new TreeMap<>();
  private final TreeMap<String, RoomPicture> pictures = new TreeMap<>();
  private @Nullable Line line;
  private ServerMessage.@Nullable Welcome welcome;
  private @Nullable String offset;
  private @Nullable Code closedWith;
  private boolean confirms = true;
  private boolean answersPings = true;
  private long lastId;

  /**
   * @param token what it says hello with
   */
  Client(Timeline timeline, Node node, String token) {
    this.timeline = timeline;
    this.node = node;
    this.token = token;
  }

  /** Opens a connection and says hello; goes on with its session where it has one. */
  void connect() {
    hello(
        welcome == null
            ? null
            : new ClientMessage.Resume(welcome.resumeToken(), Objects.requireNonNull(offset)));
  }

  /** Opens a connection and asks to go on with a session. */
  void hello(ClientMessage.@Nullable Resume resume) {
    dial().say(new ClientMessage.Hello(token, resume));
  }

  /** Opens a connection and says nothing yet. */
  Line dial() {
    closedWith = null;
    Line dialed = node.accept(this);
    line = dialed;
    return dialed;
  }

  void say(ClientMessage message) {
    line().say(message);
  }

  long join(String room) {
    return ask(new ClientMessage.Join(nextId(), room, Content.EMPTY_OBJECT, null));
  }

  long join(String room, String password) {
    return ask(new ClientMessage.Join(nextId(), room, Content.EMPTY_OBJECT, password));
  }

  /** A join that was sent before, word for word. */
  void joinAgain(long id, String room) {
    ask(new ClientMessage.Join(id, room, Content.EMPTY_OBJECT, null));
  }

  long configure(String room, SettingsChange change) {
    return ask(new ClientMessage.Settings(nextId(), room, change));
  }

  long moderate(String room, Action action, @Nullable Client target) {
    String member = target == null ? null : target.session();
    return ask(new ClientMessage.Moderate(nextId(), room, action, member, null, null));
  }

  long moderateUser(String room, Action action, String user, @Nullable Long seconds) {
    return ask(new ClientMessage.Moderate(nextId(), room, action, null, user, seconds));
  }

  long leave(String room) {
    return ask(new ClientMessage.Leave(nextId(), room));
  }

  long signal(String room, Client to, String text) {
    return ask(new ClientMessage.Signal(nextId(), room, to.session(), text(text)));
  }

  long broadcast(String room, String text) {
    return ask(new ClientMessage.Broadcast(nextId(), room, text(text)));
  }

  long chat(String room, String text) {
    return ask(new ClientMessage.Chat(nextId(), room, text(text)));
  }

  long describe(String room, String text) {
    return ask(new ClientMessage.Profile(nextId(), room, text(text)));
  }

  long history(String room, int limit) {
    return ask(new ClientMessage.History(nextId(), room, null, limit));
  }

  long ask(Request request) {
    lastId = Math.max(lastId, request.id());
    say(request);
    return request.id();
  }

  long nextId() {
    return lastId + 1;
  }

  static Content text(String text) {
    return Content.json(Bytes.utf8('"' + text + '"'));
  }

  static String textOf(Content content) {
    String quoted = content.bytes().text();
    return quoted.substring(1, quoted.length() - 1);
  }

  void stopConfirming() {
    confirms = false;
  }

  /** Confirms from here on, and what has come so far. */
  void goOnConfirming() {
    confirms = true;
    if (offset != null && line != null && line.isOpen()) {
      say(new ClientMessage.Confirm(offset));
    }
  }

  void stopAnsweringPings() {
    answersPings = false;
  }

  Line line() {
    return Objects.requireNonNull(line, "not connected");
  }

  boolean connected() {
    return line != null && line.isOpen();
  }

  Timeline timeline() {
    return timeline;
  }

  ServerMessage.Welcome welcome() {
    return Objects.requireNonNull(welcome, "no welcome");
  }

  boolean welcomed() {
    return welcome != null;
  }

  String session() {
    return welcome().session();
  }

  String offset() {
    return Objects.requireNonNull(offset, "no offset");
  }

  /** Why the node closed the last connection; null where it didn't. */
  @Nullable Code closedWith() {
    return closedWith;
  }

  List<ServerMessage> received() {
    return received;
  }

  /** What was received of one kind, in order. */
  <T extends ServerMessage> List<T> received(Class<T> kind) {
    return received.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The texts of all signals that were received, in order. */
  List<String> signals() {
    return received(ServerMessage.Signaled.class).stream().map(s -> textOf(s.data())).toList();
  }

  List<ServerMessage> answers(long id) {
    return answers.getOrDefault(id, List.of());
  }

  /** The only answer to a request. */
  ServerMessage answer(long id) {
    List<ServerMessage> all = answers(id);
    if (all.size() != 1) {
      throw new AssertionError("request " + id + " has " + all.size() + " answers: " + all);
    }
    return all.getFirst();
  }

  /** The code that a request was refused with; null where it wasn't. */
  @Nullable Code refusal(long id) {
    return answer(id) instanceof ServerMessage.Failed failed ? failed.code() : null;
  }

  /** The code of the last answer to a request; null where that is no refusal. */
  @Nullable Code lastRefusal(long id) {
    return answers(id).getLast() instanceof ServerMessage.Failed failed ? failed.code() : null;
  }

  /** Whether the client's picture of a room has a session in it. */
  boolean sees(String room, String other) {
    RoomPicture picture = pictures.get(room);
    return picture != null && picture.sessions().contains(other);
  }

  /** What the client knows of its rooms. */
  TreeMap<String, RoomPicture> pictures() {
    return pictures;
  }

  void received(Line from, ServerMessage message, @Nullable String newOffset) {
    if (from != line) {
      return;
    }
    received.add(message);
    if (newOffset != null) {
      offset = newOffset;
    }
    Long id = ServerMessages.requestOf(message);
    if (id != null) {
      answers.computeIfAbsent(id, absent -> new ArrayList<>()).add(message);
    }
    take(message);
    if (confirms && message instanceof Event && newOffset != null) {
      say(new ClientMessage.Confirm(newOffset));
    }
  }

  private void take(ServerMessage message) {
    switch (message) {
      case ServerMessage.Welcome now -> welcomed(now);
      case ServerMessage.Joined joined -> pictures.put(joined.room(), new RoomPicture(joined));
      case ServerMessage.MemberChanged change when change.putsOut(session()) ->
          pictures.remove(change.room());
      case Event event -> {
        RoomPicture picture = pictures.get(event.room());
        if (picture != null) {
          picture.take(event);
        }
      }
      default -> {}
    }
  }

  private void welcomed(ServerMessage.Welcome now) {
    welcome = now;
    pictures.keySet().retainAll(now.rooms());
    if (!now.resumed()) {
      lastId = 0;
    }
  }

  void pinged(Line from) {
    if (answersPings) {
      from.pong();
    }
  }

  void disconnected(Line from, @Nullable Code code) {
    if (from == line) {
      closedWith = code;
    }
  }
}
