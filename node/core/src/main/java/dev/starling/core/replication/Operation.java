package dev.starling.core.replication;

import dev.starling.core.replication.Release.Origin;
import dev.starling.core.room.RoomEffect;
import dev.starling.core.room.RoomEffect.Changed;
import dev.starling.core.room.RoomEffect.Merged;
import dev.starling.crdt.CausalContext;
import dev.starling.crdt.Dot;
import dev.starling.crdt.DotRange;
import dev.starling.crdt.HybridTime;
import dev.starling.crdt.Member;
import dev.starling.crdt.RoomDelta;
import java.util.ArrayList;
import java.util.List;

/** One operation while it is carried out: what it does becomes one delta, whole or not at all. */
final class Operation {
  private final Room room;
  private final Surroundings at;
  private final Origin origin;
  private final Dot first;
  private final List<RoomEffect> effects = new ArrayList<>();
  private final List<RoomDelta> deltas = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private Dot last;

  Operation(Room room, Surroundings at, Origin origin) {
    this.room = room;
    this.at = at;
    this.origin = origin;
    this.first = room.state.context().next(at.self);
    this.last = first;
  }

  void take(RoomEffect effect) {
    effects.add(effect);
    switch (effect) {
      case Merged merged -> {
        deltas.add(merged.delta());
        last = new Dot(at.self, merged.delta().context().next(at.self).counter() - 1);
        room.merged(merged.delta(), merged.changes());
      }
      case Changed changed -> {
        for (Member member : changed.changes().left()) {
          notes.add(new Note.Left(last, member.session(), changed.reason()));
        }
      }
      case RoomEffect.Answer answer -> {}
      case RoomEffect.Reported reported -> {}
      case RoomEffect.Tell tell -> {}
    }
  }

  List<RoomEffect> effects() {
    return effects;
  }

  /** What it changed, or {@link Change#NONE}. */
  Change change() {
    if (deltas.isEmpty()) {
      return Change.NONE;
    }
    RoomDelta delta = RoomDelta.join(deltas);
    if (!origin.session().isEmpty()) {
      HybridTime saidAt =
          delta.chat().isEmpty() ? HybridTime.ZERO : delta.chat().firstEntry().getValue().at();
      notes.addFirst(new Note.Asked(first, origin.session(), origin.id(), saidAt));
    }
    long minted = delta.context().next(at.self).counter() - 1;
    CausalContext made =
        CausalContext.ofRanges(List.of(new DotRange(at.self, first.counter(), minted)));
    return new Change(delta, notes, delta.context().minus(made));
  }
}
