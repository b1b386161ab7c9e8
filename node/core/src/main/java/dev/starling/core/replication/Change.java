package dev.starling.core.replication;

import dev.starling.crdt.Ban;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.CausalContext;
import dev.starling.crdt.ChatMessage;
import dev.starling.crdt.DeltaBuffer;
import dev.starling.crdt.Member;
import dev.starling.crdt.RoomDelta;
import dev.starling.crdt.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * A delta and what is known of the operations in it.
 *
 * @param notes at most {@link #MAX_NOTES}; they may be missing
 * @param replaces the dots that its operations removed and others had made. Whoever hasn't seen
 *     those lacks what else these did, and would never ask for it once this is merged
 */
public record Change(RoomDelta delta, List<Note> notes, CausalContext replaces) {
  /** How many notes travel with one change; the newest count. */
  public static final int MAX_NOTES = 1_024;

  /** Nothing. */
  public static final Change NONE = new Change(RoomDelta.EMPTY, List.of());

  /** Deltas join, notes follow on each other; measured in bytes, roughly. */
  static final DeltaBuffer.Lattice<Change> LATTICE =
      new DeltaBuffer.Lattice<>() {
        @Override
        public Change join(List<Change> changes) {
          return Change.join(changes);
        }

        @Override
        public long size(Change change) {
          return change.bytes();
        }
      };

  private static final int ENTRY_BYTES = 64;
  private static final int RANGE_BYTES = 8;
  private static final int NOTE_BYTES = 48;

  /** A change that replaces nothing, or has with it whatever it replaces. */
  public Change(RoomDelta delta, List<Note> notes) {
    this(delta, notes, CausalContext.EMPTY);
  }

  static Change join(List<Change> changes) {
    List<Note> notes = new ArrayList<>();
    CausalContext replaces = CausalContext.EMPTY;
    CausalContext made = CausalContext.EMPTY;
    for (Change change : changes) {
      notes.addAll(change.notes);
      replaces = replaces.union(change.replaces.minus(made));
      made = made.union(change.delta.context().minus(change.replaces));
    }
    int from = Math.max(0, notes.size() - MAX_NOTES);
    return new Change(
        RoomDelta.join(changes.stream().map(Change::delta).toList()),
        notes.subList(from, notes.size()),
        replaces);
  }

  /** About how many bytes it takes to send. */
  long bytes() {
    return bytes(delta) + (long) NOTE_BYTES * notes.size();
  }

  private static long bytes(RoomDelta delta) {
    long bytes = ENTRY_BYTES + RANGE_BYTES * (delta.size() + delta.context().replicas().size());
    for (Member member : delta.members().values()) {
      bytes += ENTRY_BYTES + of(member.profile().value().bytes(), member.rest());
      bytes += member.session().length() + member.user().length();
    }
    for (Setting setting : delta.settings().values()) {
      bytes += ENTRY_BYTES + of(setting.register().value().bytes(), setting.rest());
    }
    for (ChatMessage message : delta.chat().values()) {
      bytes += ENTRY_BYTES + of(message.data().bytes(), message.rest());
    }
    for (Ban ban : delta.bans().values()) {
      bytes += ENTRY_BYTES + ban.rest().length();
    }
    return bytes;
  }

  private static long of(Bytes payload, Bytes rest) {
    return (long) payload.length() + rest.length();
  }

  /** The same of what was new alone: notes of operations that were known are left out. */
  Change novel(RoomDelta novel) {
    CausalContext dots = novel.context();
    return new Change(
        novel,
        notes.stream().filter(note -> dots.contains(note.dot())).toList(),
        replaces.intersection(dots));
  }
}
