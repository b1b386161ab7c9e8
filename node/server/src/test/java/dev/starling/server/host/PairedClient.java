package dev.starling.server.host;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Broadcasted;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.Signaled;
import dev.starling.core.protocol.ServerMessage.Welcome;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import dev.starling.proto.ClientFrame;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client without a socket: confirms what it takes in, asks again about what is in doubt, and
 * keeps account.
 */
final class PairedClient implements ClientLink {
  static final String ROOM = "r";
  private static final int FRAME_BYTES = 100;
  private static final int AGAIN_MILLIS = 5;

  private final EventLoop loop;
  private final ConnectionHost connection;
  private final Map<Long, ClientMessage> open = new ConcurrentSkipListMap<>();
  private final Map<Long, Code> refused = new ConcurrentSkipListMap<>();
  private final Map<Long, List<String>> done = new ConcurrentSkipListMap<>();
  private final Map<String, List<Long>> taken = new ConcurrentHashMap<>();
  private final List<Long> inDoubt = new ArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private long lastId;
  private boolean askingAgain;
  private volatile String session = "";
  volatile boolean confirms = true;
  volatile int doubts;

  PairedClient(NodeHost node, EventLoop loop) {
    this.loop = loop;
    this.connection = node.connect(this, loop, null);
    say(new ClientMessage.Hello(null, null));
  }

  private void say(ClientMessage message) {
    loop.execute(() -> connection.received(new ClientFrame.Valid(message), FRAME_BYTES));
  }

  String session() {
    return session;
  }

  void signal(String to, int bytes) {
    loop.execute(() -> {
      long id = ++lastId;
      ask(id, new ClientMessage.Signal(id, ROOM, to, payload(id, bytes)));
    });
  }

  void broadcast() {
    loop.execute(() -> {
      long id = ++lastId;
      ask(id, new ClientMessage.Broadcast(id, ROOM, payload(id, 0)));
    });
  }

  private static Content payload(long id, int bytes) {
    return Content.json(Bytes.utf8(id + " ".repeat(bytes)));
  }

  private void ask(long id, ClientMessage message) {
    open.put(id, message);
    connection.received(new ClientFrame.Valid(message), FRAME_BYTES);
  }

  @Override
  public void send(ServerMessage message, @Nullable String offset, String receiver) {
    loop.execute(() -> take(message, offset));
  }

  private void take(ServerMessage message, @Nullable String offset) {
    switch (message) {
      case Welcome welcome -> {
        session = welcome.session();
        say(new ClientMessage.Join(++lastId, ROOM, Content.EMPTY_OBJECT, null));
      }
      case Signaled signal -> take(signal.from(), signal.data());
      case Broadcasted broadcast -> take(broadcast.from(), broadcast.data());
      case Done answer -> {
        open.remove(answer.id());
        List<String> missed = answer.missed();
        done.put(answer.id(), missed == null ? List.of() : missed);
      }
      case Failed failed -> failed(failed.id(), failed.code());
      default -> {}
    }
    if (offset != null && confirms) {
      say(new ClientMessage.Confirm(offset));
    }
  }

  private void take(String from, Content data) {
    long id = Long.parseLong(data.bytes().text().trim());
    List<Long> ids = taken.computeIfAbsent(from, sender -> new CopyOnWriteArrayList<>());
    if (!ids.isEmpty() && ids.getLast() >= id) {
      faults.add(id + " of " + from + " after " + ids.getLast());
    }
    ids.add(id);
  }

  private void failed(@Nullable Long id, Code code) {
    if (id == null) {
      faults.add(code.name());
      return;
    }
    if (code != Code.INDETERMINATE) {
      open.remove(id);
      refused.put(id, code);
      return;
    }
    inDoubt.add(id);
    doubts = inDoubt.size();
    if (!askingAgain) {
      askingAgain = true;
      loop.schedule(this::askAgain, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** In the order of the ids, as the protocol wants. */
  private void askAgain() {
    askingAgain = false;
    open.values()
        .forEach(message -> connection.received(new ClientFrame.Valid(message), FRAME_BYTES));
  }

  @Override
  public void ping() {
    loop.execute(() -> connection.heard(1));
  }

  @Override
  public void close(Code code, String message) {
    loop.execute(() -> faults.add("closed with " + code));
  }

  @Override
  public void drop() {}

  /** How many requests have no last answer. */
  int open() {
    return open.size();
  }

  Map<Long, Code> refused() {
    return refused;
  }

  Map<Long, List<String>> done() {
    return done;
  }

  List<Long> taken(PairedClient from) {
    return taken.getOrDefault(from.session, List.of());
  }

  List<String> faults() {
    return faults;
  }
}
