package dev.starling.crdt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What members noticed of a room lately: removed dots name nobody, so a client that comes back
 * could not be told who left meanwhile. A position in it is a causal context, never an index, so it
 * means the same on every replica. Bounded in number and in time. Not thread-safe.
 */
public final class EffectLog {

  /** What a client that comes back has missed. */
  public sealed interface Replay {
    /**
     * These effects, in the order in which they happened here, which never contradicts causality.
     */
    record Missed(List<Effect> effects) implements Replay {}

    /** More than is kept, or not to be told apart: it needs a snapshot. */
    record Overflowed() implements Replay {}

    /** It has seen more than this replica, which has to catch up first. */
    record Ahead() implements Replay {}
  }

  /** An effect, and the dots of which a client that has seen them has seen it. */
  private record Noted(CausalContext dots, Effect effect) {}

  private record Step(long atMillis, List<Noted> noted) {}

  private final ArrayDeque<Step> steps = new ArrayDeque<>();
  private final int capacity;
  private final long keptMillis;
  private CausalContext known;
  private CausalContext floor;
  private CausalContext forgotten = CausalContext.EMPTY;
  private int size;

  /**
   * @param start what the room had seen when the log began
   * @param capacity how many effects are kept
   * @param keptMillis for how long
   */
  public EffectLog(CausalContext start, int capacity, long keptMillis) {
    this.known = start;
    this.floor = start;
    this.capacity = capacity;
    this.keptMillis = keptMillis;
  }

  /**
   * Takes in what a merge changed.
   *
   * @param novel what of the merged delta was new
   * @param changes what came of it
   * @param after the state after it
   * @param nowMillis any clock's milliseconds, never less than before
   */
  public void add(RoomDelta novel, RoomChanges changes, RoomState after, long nowMillis) {
    CausalContext fresh = novel.context().minus(known);
    Step step = new Step(nowMillis, noted(novel, changes, after, fresh));
    known = known.union(fresh);
    if (!step.noted().isEmpty()) {
      steps.add(step);
      size += step.noted().size();
    }
    if (!after.forgotten().equals(forgotten)) {
      forgotten = after.forgotten();
      known = known.minus(forgotten);
      floor = floor.minus(forgotten);
    }
    expire(nowMillis);
  }

  /** Drops what was kept long enough. */
  public void expire(long nowMillis) {
    while (!steps.isEmpty()
        && (size > capacity || nowMillis - steps.getFirst().atMillis() > keptMillis)) {
      Step eldest = steps.removeFirst();
      size -= eldest.noted().size();
      for (Noted noted : eldest.noted()) {
        floor = floor.union(noted.dots().minus(forgotten));
      }
    }
  }

  /** What a client missed that was last told what {@code position} holds. */
  public Replay since(CausalContext position) {
    if (!known.covers(position.minus(forgotten))) {
      return new Replay.Ahead();
    }
    if (!position.covers(floor)) {
      return new Replay.Overflowed();
    }
    List<Effect> missed = new ArrayList<>();
    for (Step step : steps) {
      for (Noted noted : step.noted()) {
        if (position.covers(noted.dots())) {
          continue;
        }
        // A forgotten dot is missing in positions of before and of after it was seen.
        if (!position.disjoint(noted.dots()) || !forgotten.disjoint(noted.dots())) {
          return new Replay.Overflowed();
        }
        missed.add(noted.effect());
      }
    }
    return new Replay.Missed(missed);
  }

  /** How many effects are kept. */
  public int size() {
    return size;
  }

  private static List<Noted> noted(
      RoomDelta novel, RoomChanges changes, RoomState after, CausalContext fresh) {
    TreeMap<String, CausalContext> sessions = new TreeMap<>();
    novel.members().forEach((dot, member) -> add(sessions, member.session(), dot));
    TreeMap<String, CausalContext> keys = new TreeMap<>();
    novel.settings().forEach((dot, setting) -> add(keys, setting.key(), dot));
    List<Noted> noted = new ArrayList<>();
    for (Member member : changes.left()) {
      noted.add(new Noted(fresh, new Effect.Left(member)));
    }
    for (Member member : changes.joined()) {
      noted.add(new Noted(of(sessions, member.session(), fresh), new Effect.Joined(member)));
    }
    for (Member member : changes.updated()) {
      if (!changes.rehosted().contains(member.session())) {
        noted.add(new Noted(of(sessions, member.session(), fresh), new Effect.Updated(member)));
      }
    }
    NavigableMap<String, Register<Content>> settings =
        changes.settings().isEmpty() ? Collections.emptyNavigableMap() : after.settings();
    for (String key : changes.settings()) {
      Register<Content> register = settings.get(key);
      if (register != null) {
        noted.add(new Noted(of(keys, key, fresh), new Effect.Configured(key, register)));
      }
    }
    TreeMap<String, CausalContext> messages = new TreeMap<>();
    novel.chat().forEach((dot, message) -> add(messages, message.id(), dot));
    for (ChatMessage message : changes.chat()) {
      noted.add(new Noted(of(messages, message.id(), fresh), new Effect.Said(message)));
    }
    return noted;
  }

  private static void add(TreeMap<String, CausalContext> dots, String key, Dot dot) {
    dots.merge(key, CausalContext.EMPTY.with(dot), CausalContext::union);
  }

  private static CausalContext of(
      TreeMap<String, CausalContext> dots, String key, CausalContext otherwise) {
    CausalContext found = dots.get(key);
    return found == null ? otherwise : found;
  }
}
