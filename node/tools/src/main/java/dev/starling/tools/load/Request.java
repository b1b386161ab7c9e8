package dev.starling.tools.load;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** One message between its sending and the moment when all that was promised of it has happened. */
final class Request {
  private final long id;
  private final Kind kind;
  private final int step;
  private final long intendedNanos;
  private final Pair pair;

  private final Client listener;
  private final @Nullable BitSet seats;
  private int awaited;
  private boolean answered;
  private boolean doubtful;

  /**
   * @param step of the script, for a signal
   * @param listener who gets it, if it is a signal; else the whole room does
   */
  Request(long id, Kind kind, int step, long intendedNanos, Pair pair, Client listener) {
    this.id = id;
    this.kind = kind;
    this.step = step;
    this.intendedNanos = intendedNanos;
    this.pair = pair;
    this.listener = listener;
    boolean forAll = kind != Kind.SIGNAL;
    this.seats = forAll ? new BitSet(pair.room().size()) : null;
    this.awaited = forAll ? pair.room().size() - 1 : 1;
  }

  long id() {
    return id;
  }

  Kind kind() {
    return kind;
  }

  int step() {
    return step;
  }

  long intendedNanos() {
    return intendedNanos;
  }

  Pair pair() {
    return pair;
  }

  Client listener() {
    return listener;
  }

  /** Whether this client was to get it. */
  boolean isFor(Client client) {
    return seats != null || listener.equals(client);
  }

  /** Notes that a client got it; false when that client had it already. */
  boolean receive(Client client) {
    if (seats == null) {
      return awaited-- == 1;
    }
    if (seats.get(client.seat())) {
      return false;
    }
    seats.set(client.seat());
    awaited--;
    return true;
  }

  /** Counts that a client got it. */
  void count(Tally tally, long intendedNanos) {
    long now = System.nanoTime();
    tally.deliver(intendedNanos, now);
    if (awaited == 0 && pair.room().size() > 2 && seats != null) {
      tally.deliverLast(intendedNanos, now);
    }
  }

  /** Notes the server's answer, for its pair too. */
  void answer() {
    pair.answered();
    answered = true;
  }

  boolean isAnswered() {
    return answered;
  }

  /** Notes that the server doesn't know what became of it, and has said so. */
  void doubt() {
    doubtful = true;
  }

  /**
   * How many receivers it got lost on the way to, if nothing more comes.
   *
   * @param connected whether its sender could still be told of a failure
   */
  int lost(boolean connected) {
    return answered || (connected && !doubtful) ? awaited() : 0;
  }

  /** How many receivers have not got it. */
  int awaited() {
    return Math.max(0, awaited);
  }

  boolean isSettled() {
    return answered && awaited <= 0;
  }
}
