package dev.starling.core.session;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.session.Relay.Fate;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

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
  private final IdTable<Sent> sent = new IdTable<>();
  private long receivers;

  /** No deadline is before this. */
  private long earliestNanos = NONE;

  /** A request whose receivers haven't all answered. */
  private abstract static sealed class Sent {
    long deadlineNanos;
    boolean withdrawing;

    Sent(long deadlineNanos) {
      this.deadlineNanos = deadlineNanos;
    }

    /** How many it was sent to. */
    abstract int receiverCount();
  }

  private static final class SentSignal extends Sent {
    private final String receiver;

    private SentSignal(String receiver, long deadlineNanos) {
      super(deadlineNanos);
      this.receiver = receiver;
    }

    @Override
    int receiverCount() {
      return 1;
    }
  }

  private static final class SentBroadcast extends Sent {
    private final List<String> receivers;
    private final BitSet answered;
    private final BitSet missed = new BitSet(0);
    private int openCount;

    private SentBroadcast(List<String> receivers, long deadlineNanos) {
      super(deadlineNanos);
      this.receivers = receivers;
      this.answered = new BitSet(receivers.size());
      this.openCount = receivers.size();
    }

    /** Takes note of a receiver's answer; a second one changes nothing. */
    private void answer(String receiver, boolean confirmed) {
      int place = Collections.binarySearch(receivers, receiver);
      if (place >= 0 && !answered.get(place)) {
        answered.set(place);
        missed.set(place, !confirmed);
        openCount--;
      }
    }

    /** Those that haven't answered, in ascending order. */
    List<String> open() {
      BitSet open = new BitSet(receivers.size());
      open.set(0, receivers.size());
      open.andNot(answered);
      return in(open);
    }

    @Override
    int receiverCount() {
      return receivers.size();
    }

    private List<String> in(BitSet places) {
      return places.stream().mapToObj(receivers::get).toList();
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
    boolean again = requests.standing(id) instanceof RequestLog.Standing.AskAgain;
    begin(id, new SentSignal(to, nowNanos + deliveryNanos));
    emitter.relay(to, new Relay.Deliver(self, id, event, again));
  }

  /**
   * Asks what became of a signal that was sent before, and takes it back where it was never
   * written.
   */
  void recall(long id, String to, long nowNanos) {
    SentSignal recalled = new SentSignal(to, nowNanos + withdrawalNanos);
    recalled.withdrawing = true;
    begin(id, recalled);
    emitter.relay(to, new Relay.Withdraw(self, id));
  }

  /**
   * Sends a broadcast to all receivers; without any it is done at once.
   *
   * @param receivers in ascending order; must not change
   */
  void broadcast(long id, List<String> receivers, Event event, long nowNanos) {
    SentBroadcast broadcast = new SentBroadcast(receivers, nowNanos + deliveryNanos);
    begin(id, broadcast);
    if (!receivers.isEmpty()) {
      emitter.relay(receivers, new Relay.Deliver(self, id, event));
    }
    finishIfComplete(id, broadcast);
  }

  private void begin(long id, Sent request) {
    requests.begin(id);
    sent.put(id, request);
    receivers += request.receiverCount();
    earliestNanos = Math.min(earliestNanos, request.deadlineNanos);
  }

  /** Takes note of what became of one delivery. */
  void outcome(Relay.Outcome outcome) {
    long id = outcome.id();
    switch (sent.get(id)) {
      case SentSignal signal when signal.receiver.equals(outcome.from()) ->
          finish(id, signalAnswer(id, outcome.fate()));
      case SentBroadcast broadcast -> {
        broadcast.answer(outcome.from(), outcome.fate() == Fate.CONFIRMED);
        finishIfComplete(id, broadcast);
      }
      case null, default -> {}
    }
  }

  /** Takes back what is due, and gives up on withdrawals that nobody answered. */
  void expire(long nowNanos) {
    earliestNanos = NONE;
    for (int place = 0; place < sent.size(); ) {
      Sent request = sent.valueAt(place);
      boolean due = nowNanos >= request.deadlineNanos;
      if (due && request.withdrawing) {
        giveUp(sent.idAt(place), request); // Which removes it.
        continue;
      }
      if (due) {
        withdraw(sent.idAt(place), request, nowNanos);
      }
      earliestNanos = Math.min(earliestNanos, request.deadlineNanos);
      place++;
    }
  }

  private void withdraw(long id, Sent request, long nowNanos) {
    request.withdrawing = true;
    request.deadlineNanos = nowNanos + withdrawalNanos;
    Relay withdrawal = new Relay.Withdraw(self, id);
    switch (request) {
      case SentSignal signal -> emitter.relay(signal.receiver, withdrawal);
      case SentBroadcast broadcast -> emitter.relay(broadcast.open(), withdrawal);
    }
  }

  /** When {@link #expire} has something to do next; may be early, never late. */
  long nextDeadlineNanos() {
    return sent.isEmpty() ? NONE : earliestNanos;
  }

  private void giveUp(long id, Sent request) {
    switch (request) {
      case SentSignal signal -> finish(id, signalAnswer(id, Fate.WRITTEN));
      case SentBroadcast broadcast -> {
        broadcast.open().forEach(receiver -> broadcast.answer(receiver, false));
        finishIfComplete(id, broadcast);
      }
    }
  }

  private void finishIfComplete(long id, SentBroadcast broadcast) {
    if (broadcast.openCount == 0) {
      finish(id, new Done(id, 0, broadcast.in(broadcast.missed)));
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
      receivers -= finished.receiverCount();
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
