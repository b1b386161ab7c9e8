package dev.starling.tools.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What a lane has counted. Latencies are in nanoseconds, from the moment when a message was to be
 * sent, not from when it could be: a server that stalls is charged with what waited meanwhile
 * (coordinated omission).
 */
final class Tally {
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final int DIGITS = 3;

  long sent;
  long confirmed;
  long delivered;
  long indeterminate;
  long missed;
  long unsent;
  long unanswered;
  long lost;
  long duplicated;
  long reordered;
  long misdelivered;

  /** Who ended a session, or lost a connection, on purpose. */
  long left;

  long dropped;

  /** Those of them who came back, with the session that they had or a new one. */
  long returned;

  long resumed;
  long retried;

  private final TreeMap<String, Long> refused = new TreeMap<>();
  private final TreeMap<String, Long> disconnected = new TreeMap<>();
  private final Histogram delivery = new Histogram(LONGEST_NANOS, DIGITS);
  private final Histogram everywhere = new Histogram(LONGEST_NANOS, DIGITS);
  private final Histogram confirmation = new Histogram(LONGEST_NANOS, DIGITS);

  void deliver(long intendedNanos, long nowNanos) {
    delivered++;
    record(delivery, nowNanos - intendedNanos);
  }

  /** Its last receiver has it. */
  void deliverLast(long intendedNanos, long nowNanos) {
    record(everywhere, nowNanos - intendedNanos);
  }

  void confirm(long intendedNanos, long nowNanos) {
    confirmed++;
    record(confirmation, nowNanos - intendedNanos);
  }

  void refuse(String code) {
    refused.merge(code, 1L, Long::sum);
  }

  void disconnect(String reason) {
    disconnected.merge(reason, 1L, Long::sum);
  }

  /** Adds what another lane, or another part of the run, counted. */
  void add(Tally other) {
    sent += other.sent;
    confirmed += other.confirmed;
    delivered += other.delivered;
    unsent += other.unsent;
    left += other.left;
    dropped += other.dropped;
    returned += other.returned;
    resumed += other.resumed;
    retried += other.retried;
    other.refused.forEach((code, count) -> refused.merge(code, count, Long::sum));
    delivery.add(other.delivery);
    everywhere.add(other.everywhere);
    confirmation.add(other.confirmation);
    addComplaints(other);
  }

  /** Adds only what says that something went wrong, as for the time of warming up. */
  void addComplaints(Tally other) {
    indeterminate += other.indeterminate;
    missed += other.missed;
    unanswered += other.unanswered;
    other.disconnected.forEach((reason, count) -> disconnected.merge(reason, count, Long::sum));
    lost += other.lost;
    duplicated += other.duplicated;
    reordered += other.reordered;
    misdelivered += other.misdelivered;
  }

  /** Whether every message was delivered once and in order. */
  boolean isFaithful() {
    return lost == 0 && duplicated == 0 && reordered == 0 && misdelivered == 0;
  }

  /** Whether nobody's connection ended either, and whoever went came back. */
  boolean isFlawless() {
    return isFaithful() && disconnected.isEmpty() && returned == departed();
  }

  /** How many clients went on purpose. */
  long departed() {
    return left + dropped;
  }

  Histogram delivery() {
    return delivery;
  }

  /** From sending to the last receiver, of what has several. */
  Histogram everywhere() {
    return everywhere;
  }

  Histogram confirmation() {
    return confirmation;
  }

  Map<String, Long> refused() {
    return refused;
  }

  /** How many connections ended, by what was said of it. */
  Map<String, Long> disconnected() {
    return disconnected;
  }

  private static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.clamp(nanos, 1, LONGEST_NANOS));
  }
}
