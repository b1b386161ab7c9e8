package dev.starling.core.session;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.session.Relay.Fate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;

/**
 * The sending side of signals and broadcasts: keeps each until its receivers confirmed, takes back
 * what can't be delivered in time, and answers the client. Not thread-safe.
 */
final class RelaySender {
  private static final long NONE = Long.MAX_VALUE;

  /** The last part of the request time is left for the withdrawal to be answered. */
  private static final int WITHDRAWAL_PART = 20;

  /** A request, and a receiver's place in it, rounded up. */
  private static final int SENT_BYTES = 192;

  private static final int RECEIVER_BYTES = 48;

  private final String self;
  private final long deliveryNanos;
  private final long withdrawalNanos;
  private final RequestLog requests;
  private final Emitter emitter;
  private final LinkedHashMap<Long, Sent> sent = new LinkedHashMap<>(0);
  private long receivers;

  /** A request whose receivers haven't all answered. */
  private static final class Sent {
    private final boolean broadcast;
    private final TreeSet<String> open;
    private final int receivers;
    private final List<String> missed = new ArrayList<>(0);
    private long deadlineNanos;
    private boolean withdrawing;

    private Sent(boolean broadcast, List<String> receivers, long deadlineNanos) {
      this.broadcast = broadcast;
      this.open = new TreeSet<>(receivers);
      this.receivers = receivers.size();
      this.deadlineNanos = deadlineNanos;
    }
  }

  RelaySender(String self, long requestNanos, RequestLog requests, Emitter emitter) {
    this.self = self;
    this.withdrawalNanos = requestNanos / WITHDRAWAL_PART;
    this.deliveryNanos = requestNanos - withdrawalNanos;
    this.requests = requests;
    this.emitter = emitter;
  }

  /** About how many bytes the requests on their way take up, payloads apart. */
  long heldBytes() {
    return (long) sent.size() * SENT_BYTES + receivers * RECEIVER_BYTES;
  }

  /** Sends a signal to one receiver. */
  void signal(long id, String to, Event event, long nowNanos) {
    start(id, new Sent(false, List.of(to), nowNanos + deliveryNanos), event);
  }

  /**
   * Asks what became of a signal that was sent before, and takes it back where it was never
   * written.
   */
  void recall(long id, String to, long nowNanos) {
    Sent recalled = new Sent(false, List.of(to), nowNanos + withdrawalNanos);
    recalled.withdrawing = true;
    note(id, recalled);
    emitter.relay(to, new Relay.Withdraw(self, id));
  }

  /** Sends a broadcast to all receivers; without any it is done at once. */
  void broadcast(long id, List<String> receivers, Event event, long nowNanos) {
    Sent broadcast = new Sent(true, receivers, nowNanos + deliveryNanos);
    start(id, broadcast, event);
    finishIfComplete(id, broadcast);
  }

  private void note(long id, Sent request) {
    requests.begin(id);
    sent.put(id, request);
    receivers += request.receivers;
  }

  private void start(long id, Sent request, Event event) {
    note(id, request);
    // A receiver that refuses at once answers in a later step, so the set doesn't change under the
    // loop.
    for (String receiver : request.open) {
      emitter.relay(receiver, new Relay.Deliver(self, id, event));
    }
  }

  /** Takes note of what became of one delivery. */
  void outcome(Relay.Outcome outcome) {
    Sent request = sent.get(outcome.id());
    if (request == null || !request.open.remove(outcome.from())) {
      return;
    }
    if (request.broadcast) {
      if (outcome.fate() != Fate.CONFIRMED) {
        request.missed.add(outcome.from());
      }
      finishIfComplete(outcome.id(), request);
    } else {
      finish(outcome.id(), signalAnswer(outcome.id(), outcome.fate()));
    }
  }

  /** Takes back what is due, and gives up on withdrawals that nobody answered. */
  void expire(long nowNanos) {
    for (var entry : List.copyOf(sent.entrySet())) {
      Sent request = entry.getValue();
      if (nowNanos < request.deadlineNanos) {
        continue;
      }
      if (request.withdrawing) {
        giveUp(entry.getKey(), request);
      } else {
        request.withdrawing = true;
        request.deadlineNanos = nowNanos + withdrawalNanos;
        for (String receiver : request.open) {
          emitter.relay(receiver, new Relay.Withdraw(self, entry.getKey()));
        }
      }
    }
  }

  /**
   * When {@link #expire} has something to do next; may be early, never late by more than a
   * withdrawal takes.
   */
  long nextDeadlineNanos() {
    return sent.isEmpty() ? NONE : sent.firstEntry().getValue().deadlineNanos;
  }

  private void giveUp(long id, Sent request) {
    if (request.broadcast) {
      request.missed.addAll(request.open);
      request.open.clear();
      finishIfComplete(id, request);
    } else {
      finish(id, signalAnswer(id, Fate.WRITTEN));
    }
  }

  private void finishIfComplete(long id, Sent broadcast) {
    if (broadcast.open.isEmpty()) {
      broadcast.missed.sort(null);
      finish(id, new Done(id, 0, broadcast.missed));
    }
  }

  private void finish(long id, ServerMessage answer) {
    boolean askAgain =
        answer instanceof Done done
            ? done.missed() == null
            : answer instanceof Failed failed && failed.code().retryKeepsId();
    if (askAgain) {
      requests.forgetAnswer(id);
    } else {
      requests.settle(id, answer);
    }
    Sent finished = sent.remove(id);
    if (finished != null) {
      receivers -= finished.receivers;
    }
    emitter.send(answer);
  }

  private static ServerMessage signalAnswer(long id, Fate fate) {
    return switch (fate) {
      case CONFIRMED -> new Done(id, 0, null);
      case ABSENT -> new Failed(id, Code.NO_SUCH_MEMBER, "the member isn't in the room");
      case REFUSED -> new Failed(id, Code.BUSY, "too much is waiting for the member");
      case WITHDRAWN -> new Failed(id, Code.UNREACHABLE, "the member could not be reached in time");
      case WRITTEN ->
          new Failed(id, Code.INDETERMINATE, "the member didn't confirm in time; send it again");
    };
  }
}
