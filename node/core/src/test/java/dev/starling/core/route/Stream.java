package dev.starling.core.route;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The streams between two nodes, one after another. A stream keeps the order of what it carries and
 * loses what is on its way when it is cut; the end that took it knows of it before the one that
 * called.
 */
final class Stream {
  private final End caller;
  private final End taker;
  private boolean cut = true;
  private long life;

  Stream(String calling, String taking) {
    caller = new End(calling, taking);
    taker = new End(taking, calling);
  }

  /** One of the two ends. */
  static final class End {
    final String node;
    final String peer;

    /** What it is to take; null stands for the news that the stream is open. */
    final ArrayDeque<Sent> coming = new ArrayDeque<>();

    boolean open;
    boolean jammed;

    /** Which stream it believes to be open. */
    private long life;

    private End(String node, String peer) {
      this.node = node;
      this.peer = peer;
    }
  }

  /** Something on its way. */
  record Sent(@Nullable RouteFrame frame) {}

  End end(String node) {
    return caller.node.equals(node) ? caller : taker;
  }

  End other(End end) {
    return end.equals(caller) ? taker : caller;
  }

  boolean isCut() {
    return cut;
  }

  /** What was on its way is lost. */
  void cut() {
    cut = true;
    caller.coming.clear();
    taker.coming.clear();
  }

  /** The end that takes it is open at once; returns it. */
  End connect() {
    cut = false;
    life++;
    caller.coming.add(new Sent(null));
    return taker;
  }

  /** This end knows of the newest stream. */
  void opened(End end) {
    end.open = true;
    end.life = life;
  }

  /** Sends, or loses it where the end hasn't noticed yet that its stream is gone. */
  void send(End from, RouteFrame frame) {
    if (!cut && from.life == life) {
      other(from).coming.add(new Sent(frame));
    }
  }
}
