package dev.starling.core.route;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Broadcasted;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.Signaled;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A client that keeps account of what it sent, what it was told, and what it took in. */
final class Sender {
  static final long ANSWER_NANOS = 10_000_000_000L;

  final String session;
  private final Map<Long, Asked> asked = new TreeMap<>();
  private final Map<String, List<Long>> taken = new TreeMap<>();
  private long lastId = 1;
  @Nullable String offset;

  /** A request and what is known of it. */
  static final class Asked {
    final ClientMessage.Request message;
    long atNanos;
    @Nullable ServerMessage answer;
    boolean everInDoubt;

    private Asked(ClientMessage.Request message) {
      this.message = message;
    }

    boolean isOpen() {
      return answer == null;
    }

    boolean isInDoubt() {
      return answer instanceof Failed failed && failed.code() == Code.INDETERMINATE;
    }
  }

  Sender(String session) {
    this.session = session;
  }

  ClientMessage signal(String to, long nowNanos) {
    long id = ++lastId;
    return ask(id, new ClientMessage.Signal(id, RouteWorld.ROOM, to, number(id)), nowNanos);
  }

  ClientMessage broadcast(long nowNanos) {
    long id = ++lastId;
    return ask(id, new ClientMessage.Broadcast(id, RouteWorld.ROOM, number(id)), nowNanos);
  }

  private static Content number(long id) {
    return Content.json(Bytes.utf8(Long.toString(id)));
  }

  private ClientMessage ask(long id, ClientMessage.Request message, long nowNanos) {
    Asked request = new Asked(message);
    request.atNanos = nowNanos;
    asked.put(id, request);
    return message;
  }

  /** What is in doubt, to be asked again in the order of the ids. */
  List<ClientMessage> again(long nowNanos) {
    List<ClientMessage> again = new ArrayList<>();
    for (Asked request : asked.values()) {
      if (request.isInDoubt()) {
        request.answer = null;
        request.atNanos = nowNanos;
        again.add(request.message);
      }
    }
    return again;
  }

  /** The server said something. */
  void told(ServerMessage message, @Nullable String newOffset, long nowNanos) {
    switch (message) {
      case Signaled signal -> take(signal.from(), signal.data());
      case Broadcasted broadcast -> take(broadcast.from(), broadcast.data());
      case Done done -> answered(done.id(), done, nowNanos);
      case Failed failed -> answered(failed.id(), failed, nowNanos);
      default -> {}
    }
    offset = newOffset == null ? offset : newOffset;
  }

  private void take(String from, Content data) {
    long id = Long.parseLong(data.bytes().text());
    List<Long> ids = taken.computeIfAbsent(from, sender -> new ArrayList<>());
    assertTrue(ids.isEmpty() || ids.getLast() < id, () -> id + " of " + from + " after " + ids);
    ids.add(id);
  }

  private void answered(@Nullable Long id, ServerMessage answer, long nowNanos) {
    Asked request = id == null ? null : asked.get(id);
    if (request != null) {
      assertTrue(request.isOpen(), () -> id + " is answered twice: " + answer);
      assertTrue(nowNanos - request.atNanos <= ANSWER_NANOS, () -> id + " is answered late");
      request.answer = answer;
      request.everInDoubt |= request.isInDoubt();
    }
  }

  boolean took(String from, long id) {
    return taken.getOrDefault(from, List.of()).contains(id);
  }

  boolean waits() {
    return asked.values().stream().anyMatch(request -> request.isOpen() || request.isInDoubt());
  }

  /** Whether what it was told is what its receivers know. */
  void check(Map<String, Sender> all, long nowNanos) {
    asked.forEach((id, request) -> {
      if (request.isOpen()) {
        assertTrue(nowNanos - request.atNanos <= ANSWER_NANOS, () -> id + " has no answer");
      } else if (request.message instanceof ClientMessage.Signal signal) {
        checkSignal(id, request, all.get(signal.to()));
      } else {
        checkBroadcast(id, request, all);
      }
    });
  }

  private void checkSignal(long id, Asked request, @Nullable Sender receiver) {
    boolean took = receiver != null && receiver.took(session, id);
    switch (request.answer) {
      case Done done -> assertTrue(took, () -> id + " of " + session + " was lost");
      case Failed failed when !request.everInDoubt ->
          assertFalse(took, () -> id + " was delivered: " + failed);
      case null, default -> {}
    }
  }

  private void checkBroadcast(long id, Asked request, Map<String, Sender> all) {
    if (request.answer instanceof Done done && done.missed() != null) {
      for (Sender receiver : all.values()) {
        boolean isOther = !receiver.session.equals(session);
        if (isOther && !done.missed().contains(receiver.session)) {
          assertTrue(receiver.took(session, id), () -> id + " was lost");
        }
      }
    }
  }
}
