package dev.starling.core.replication;

import dev.starling.core.replication.PeerMessage.Ack;
import dev.starling.crdt.CausalContext;
import java.util.TreeMap;

/**
 * Whom an owner still has to tell that it holds what they sent. An owner of another region is told
 * of what two owners here hold. Not thread-safe.
 */
final class AckDebts {
  private record Debt(CausalContext dots, long sentMillis) {}

  private final Room room;
  private final Surroundings at;
  private final Pushes pushes;
  private final TreeMap<String, Debt> debts = new TreeMap<>();

  AckDebts(Room room, Surroundings at, Pushes pushes) {
    this.room = room;
    this.at = at;
    this.pushes = pushes;
  }

  /** A node sent something that it wants to know to be held. */
  void owe(String peer, CausalContext dots, long sentMillis) {
    debts.merge(
        peer,
        new Debt(dots, sentMillis),
        (old, fresh) -> new Debt(old.dots().union(fresh.dots()), fresh.sentMillis()));
  }

  void forget(String peer) {
    debts.remove(peer);
  }

  /** Tells whom it can. */
  void settle() {
    debts.entrySet().removeIf(entry -> settle(entry.getKey(), entry.getValue()));
    // What is left was sent for the greater part, or is not held yet.
    debts.replaceAll((peer, debt) -> new Debt(debt.dots().minus(heldFor(peer)), debt.sentMillis()));
  }

  private boolean settle(String peer, Debt debt) {
    CausalContext holds = heldFor(peer);
    boolean all = holds.covers(debt.dots());
    if (all || !holds.disjoint(debt.dots())) {
      at.send(peer, new Ack(room.name, holds, debt.sentMillis(), at.epochMillis()));
    }
    return all;
  }

  private CausalContext heldFor(String peer) {
    CausalContext holds = room.holds();
    return at.isRegional(peer) ? holds : pushes.heldBeside(holds);
  }
}
