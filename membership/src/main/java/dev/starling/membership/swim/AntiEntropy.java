package dev.starling.membership.swim;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.swim.SwimMessage.Digest;
import dev.starling.membership.swim.SwimMessage.Table;
import dev.starling.membership.swim.SwimOutput.Reason;
import dev.starling.membership.swim.SwimOutput.Resynced;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares tables with one member now and then, so that news which everybody missed is still found:
 * by a hash, and only where that differs by the facts themselves (Lifeguard's "push-pull", made
 * cheap for the usual case).
 */
final class AntiEntropy {
  private static final int SMALL = 32;

  private final SwimContext node;
  private long nextNanos;
  private boolean resyncing;

  AntiEntropy(SwimContext node) {
    this.node = node;
    this.nextNanos = node.now() + node.random.nextLong(node.config.repair().syncNanos());
  }

  long nextNanos() {
    return node.table.living().isEmpty() ? SwimContext.NEVER : nextNanos;
  }

  void run() {
    if (nextNanos() <= node.now()) {
      sync();
    } else if (resyncing && node.table.living().isEmpty()) {
      // Nobody is left whose table could differ.
      resynced();
    }
  }

  /** This node stood still: it wants a table, whatever the hash, and says when it has seen one. */
  void resync() {
    resyncing = true;
    sync();
  }

  /** One that waits to be in step asks the next soon, in case the first one is gone. */
  private void sync() {
    nextNanos = node.now() + (resyncing ? node.config.repair().retryLeastNanos() : periodNanos());
    for (Member member : node.table.sample(1, node.random, any -> true)) {
      call(member.info().streams(), resyncing);
    }
  }

  /** Sends this node's digest, and with it who this node is. */
  void call(Endpoint streams, boolean joining) {
    node.stream(streams, new Digest(node.table.hash(), joining), List.of(node.selfFact()));
  }

  /** A digest came; the sender's own fact has been learnt from it. */
  void digest(Digest digest, Endpoint answerTo) {
    if (digest.joining() || digest.hash() != node.table.hash()) {
      answer(answerTo, true);
    }
  }

  private void answer(Endpoint to, boolean answerWanted) {
    if (node.tables.take(node.now())) {
      sendTable(to, answerWanted);
    } else {
      node.reject(Reason.BUSY);
    }
  }

  /** A part of a table came, and was learnt. */
  void table(Table table, Endpoint answerTo) {
    if (resyncing) {
      resynced();
    }
    if (table.answerWanted()) {
      answer(answerTo, false);
    }
  }

  private void resynced() {
    resyncing = false;
    node.emit(new Resynced());
  }

  private void sendTable(Endpoint to, boolean answerWanted) {
    List<Fact> facts = new ArrayList<>();
    int most = node.config.bounds().tableFacts();
    List<Fact> shared = sharedFacts();
    for (int i = 0; i < shared.size(); i++) {
      facts.add(shared.get(i));
      boolean last = i == shared.size() - 1;
      if (last || facts.size() == most) {
        node.stream(to, new Table(last && answerWanted), facts);
        facts = new ArrayList<>();
      }
    }
  }

  private List<Fact> sharedFacts() {
    List<Fact> facts = new ArrayList<>();
    for (Member member : node.table.all()) {
      facts.add(member.fact());
    }
    return facts;
  }

  /** Stretched in large groups, where each comparison costs more and others make them too. */
  private long periodNanos() {
    int size = node.table.size();
    long period = node.config.repair().syncNanos();
    if (size <= SMALL) {
      return period;
    }
    int log2 = Integer.SIZE - Integer.numberOfLeadingZeros(size - 1);
    return period * (log2 - 5 + 1);
  }
}
