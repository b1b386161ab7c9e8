package dev.starling.crdt;

import java.util.List;

/** Mints dots that follow on each other. */
final class Minting {
  private final Dot first;
  private long next;

  Minting(Dot first) {
    this.first = first;
    this.next = first.counter();
  }

  private Dot next() {
    return new Dot(first.replica(), next++);
  }

  /**
   * The delta that mints a dead replica's entries anew and retires it.
   *
   * @param old what is live of it, under a context of all that was seen of it
   * @param gone its dots that are to be forgotten
   */
  RoomDelta retiring(ReplicaId dead, RoomDelta old, CausalContext gone, long epochMillis) {
    RoomDelta delta = RoomDelta.of(CausalContext.EMPTY);
    old.members().values().forEach(member -> delta.members().put(next(), member));
    old.settings().values().forEach(setting -> delta.settings().put(next(), setting));
    old.chat().values().forEach(message -> delta.chat().put(next(), message));
    old.bans().values().forEach(ban -> delta.bans().put(next(), ban));
    // One more, so that the record has a place in every log.
    Dot last = next();
    CausalContext after =
        CausalContext.ofRanges(
            List.of(new DotRange(last.replica(), first.counter(), last.counter())));
    delta.retired().put(dead, new Retirement(gone, after, epochMillis));
    return delta.speakingOf(old.context().union(after));
  }
}
