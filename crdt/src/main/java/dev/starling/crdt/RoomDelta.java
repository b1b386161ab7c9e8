package dev.starling.crdt;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A part of a room's state: what one operation changed, or several, or everything. Joining it twice
 * or late changes nothing (Almeida et al. 2018). It is taken or left as a whole: an entry without
 * the removals that came with it would make equal contexts stand for different states.
 *
 * @param context the dots this delta speaks of; one that no entry carries was removed
 * @param members the live entries among them
 * @param settings the live writes among them
 * @param chat the kept messages among them; a message that was minted anew has another dot here
 *     than in its id
 * @param bans the live ones among them
 * @param retired the replicas that are gone for good
 */
public record RoomDelta(
    CausalContext context,
    NavigableMap<Dot, Member> members,
    NavigableMap<Dot, Setting> settings,
    NavigableMap<Dot, ChatMessage> chat,
    NavigableMap<Dot, Ban> bans,
    NavigableMap<ReplicaId, Retirement> retired) {

  /** A delta that says nothing. */
  public static final RoomDelta EMPTY = of(CausalContext.EMPTY);

  /** A delta that only removes, or only makes dots known. */
  public static RoomDelta of(CausalContext context) {
    return new RoomDelta(
        context,
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>());
  }

  /** Whether it says nothing. */
  public boolean isEmpty() {
    return context.isEmpty() && retired.isEmpty();
  }

  /** How many entries it carries and how many ranges of dots: what it costs to keep and send. */
  public long size() {
    return (long) members.size()
        + settings.size()
        + chat.size()
        + bans.size()
        + retired.size()
        + context.gaps()
        + context.replicas().size();
  }

  /** Both in one, as if the one had been merged after the other. */
  public RoomDelta join(RoomDelta other) {
    CausalContext theirs = other.context;
    return new RoomDelta(
        context.union(theirs),
        DotMap.join(members, context, other.members, theirs),
        DotMap.join(settings, context, other.settings, theirs),
        DotMap.join(chat, context, other.chat, theirs),
        DotMap.join(bans, context, other.bans, theirs),
        Retirements.join(retired, other.retired));
  }

  /**
   * All in one; halves first, so that many small ones cost little more than sorting them.
   *
   * @param deltas at least one
   */
  public static RoomDelta join(List<RoomDelta> deltas) {
    if (deltas.size() == 1) {
      return deltas.getFirst();
    }
    int half = deltas.size() / 2;
    return join(deltas.subList(0, half)).join(join(deltas.subList(half, deltas.size())));
  }

  /** The highest time that something in it was written at. */
  public HybridTime newest() {
    HybridTime newest = HybridTime.ZERO;
    for (Member member : members.values()) {
      newest = later(newest, later(member.since(), member.profile().stamp().time()));
    }
    for (Setting setting : settings.values()) {
      newest = later(newest, setting.register().stamp().time());
    }
    for (ChatMessage message : chat.values()) {
      newest = later(newest, message.at());
    }
    return newest;
  }

  private static HybridTime later(HybridTime one, HybridTime other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /** The same entries under another context. */
  RoomDelta speakingOf(CausalContext dots) {
    return new RoomDelta(dots, members, settings, chat, bans, retired);
  }

  /** The same without some dots. */
  public RoomDelta without(CausalContext dots) {
    return dots.isEmpty() ? this : unseenBy(dots, context.minus(dots));
  }

  /** The entries whose dots {@code seen} doesn't hold, under another context. */
  RoomDelta unseenBy(CausalContext seen, CausalContext speaksOf) {
    return new RoomDelta(
        speaksOf,
        DotMap.unseen(members, seen),
        DotMap.unseen(settings, seen),
        DotMap.unseen(chat, seen),
        DotMap.unseen(bans, seen),
        retired);
  }

  /**
   * The same without the records of replicas that were retired before a time, milliseconds since
   * 1970.
   */
  public RoomDelta retiredSince(long epochMillis) {
    TreeMap<ReplicaId, Retirement> young = new TreeMap<>(retired);
    young.values().removeIf(record -> record.atMillis() < epochMillis);
    return young.size() == retired.size() ? this : withRetired(young);
  }

  RoomDelta withRetired(NavigableMap<ReplicaId, Retirement> replicas) {
    return new RoomDelta(context, members, settings, chat, bans, replicas);
  }
}
