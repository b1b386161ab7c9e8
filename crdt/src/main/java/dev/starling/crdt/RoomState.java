package dev.starling.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One room on one replica: observed-remove maps of members, settings and bans without tombstones
 * and a bounded chat log under one causal context. Mutators return the delta of an operation and
 * change nothing; {@link #merge} changes the state and says what a member would notice. Not
 * thread-safe: one owner.
 */
public final class RoomState {
  /** How many gaps a context may have; a delta beyond it is refused: a difference closes them. */
  public static final int MAX_GAPS = 4_096;

  /** What a room costs beside what is in it, rounded up. */
  private static final int ROOM_BYTES = 2048;

  private final ReplicaId replica;
  private final RoomContents contents;
  private final Retirements retirements = new Retirements();
  private CausalContext context = CausalContext.EMPTY;

  /**
   * @param replica who mints dots here
   * @param chatCapacity how many chat messages are kept
   */
  public RoomState(ReplicaId replica, int chatCapacity) {
    this.replica = replica;
    this.contents = new RoomContents(chatCapacity);
  }

  /** The delta that makes {@code member} the only entry of its session. */
  public RoomDelta put(Member member) {
    Dot dot = nextDot();
    RoomDelta delta = RoomDelta.of(seenOf(contents.members(), member.session()).with(dot));
    delta.members().put(dot, member);
    return delta;
  }

  /** The delta that removes a session's entries; it mints a dot too: its place in every log. */
  public RoomDelta remove(String session) {
    return RoomDelta.of(seenOf(contents.members(), session).with(nextDot()));
  }

  /** The delta that writes some settings, by key: it wins over every write that is known here. */
  public RoomDelta set(NavigableMap<String, Content> values, HybridTime at) {
    Stamp stamp = new Stamp(at, replica);
    TreeMap<Dot, Setting> written = new TreeMap<>();
    Dot dot = nextDot();
    CausalContext spokenOf = CausalContext.EMPTY.with(dot);
    for (var value : values.entrySet()) {
      written.put(dot, new Setting(value.getKey(), new Register<>(stamp, value.getValue())));
      spokenOf = spokenOf.union(seenOf(contents.settings(), value.getKey())).with(dot);
      dot = new Dot(replica, dot.counter() + 1);
    }
    RoomDelta delta = RoomDelta.of(spokenOf);
    delta.settings().putAll(written);
    return delta;
  }

  /** The delta that adds a chat message. */
  public RoomDelta say(String session, String user, Content data, HybridTime at) {
    Dot dot = nextDot();
    RoomDelta delta = RoomDelta.of(CausalContext.EMPTY.with(dot));
    delta.chat().put(dot, new ChatMessage(dot, at, session, user, data));
    return delta;
  }

  /** The delta that bans a user instead of what bans of that user there are. */
  public RoomDelta ban(Ban ban, long epochMillis) {
    Dot dot = nextDot();
    RoomDelta delta =
        RoomDelta.of(
            CausalContext.of(contents.bans().replaceable(ban.user(), epochMillis)).with(dot));
    delta.bans().put(dot, ban);
    return delta;
  }

  /** The delta that lifts every ban of a user that is known here. */
  public RoomDelta unban(String user, long epochMillis) {
    List<Dot> seen = contents.bans().replaceable(user, epochMillis);
    return RoomDelta.of(CausalContext.of(seen).with(nextDot()));
  }

  /**
   * The delta that mints anew what a dead replica had minted and is live, and retires it. Whoever
   * finds live entries of a retired replica that no record speaks of retires it once more.
   *
   * @param dead another replica, which mints no more
   */
  public RoomDelta retire(ReplicaId dead, long epochMillis) {
    CausalContext gone = context.only(dead).union(retirements.spokenOf(dead));
    RoomDelta old = contents.within(context.only(dead));
    return new Minting(nextDot()).retiring(dead, old, gone, epochMillis);
  }

  /** Retired replicas of which there are still live entries that no record speaks of. */
  public List<ReplicaId> toRetireAgain() {
    return retirements.unspoken(context);
  }

  /** Whether this replica was declared gone: it mints no more, and starts anew under a new id. */
  public boolean isRetired() {
    return retirements.contains(replica);
  }

  /** The retired replicas' dots that are forgotten here. */
  public CausalContext forgotten() {
    return retirements.gone();
  }

  /** Drops the records of replicas that were retired before a time, milliseconds since 1970. */
  public void dropRetirements(long beforeMillis) {
    retirements.forgetBefore(beforeMillis);
  }

  /** Everything this replica knows, as one delta. */
  public RoomDelta full() {
    return contents.all(context).withRetired(retirements.all());
  }

  /**
   * What a replica lacks that has seen {@code theirs}: the entries that it hasn't seen, and of what
   * both have seen all but what is live here, since the rest was removed. It is for that replica
   * alone. Its size follows the live state, not how many operations were missed.
   */
  public RoomDelta difference(CausalContext theirs) {
    return difference(theirs, context);
  }

  /** As above; of origins of which both hold the same nothing is said. */
  public RoomDelta difference(RoomDigest theirs) {
    RoomDigest mine = digest();
    CausalContext speaksOf = context;
    for (ReplicaId origin : context.replicas()) {
      if (mine.agreesOn(origin, theirs)) {
        speaksOf = speaksOf.minus(context.only(origin));
      }
    }
    return difference(theirs.context(), speaksOf);
  }

  private RoomDelta difference(CausalContext theirs, CausalContext speaksOf) {
    if (theirs.covers(context)) {
      return RoomDelta.of(CausalContext.EMPTY).withRetired(retirements.all());
    }
    CausalContext liveForBoth = CausalContext.of(contents.seenBy(theirs));
    return contents
        .all(context)
        .unseenBy(theirs, speaksOf.minus(liveForBoth))
        .withRetired(retirements.all());
  }

  /**
   * What of a delta is new here: the join of those of its parts that this state doesn't hold (Enes
   * et al. 2019, section 4, Δ). Merging it does what merging the delta does.
   */
  public RoomDelta novel(RoomDelta delta) {
    RoomDelta rest = delta.without(retirements.gone());
    CausalContext removed = CausalContext.of(contents.removedBy(rest));
    return rest.unseenBy(context, rest.context().minus(context).union(removed))
        .withRetired(retirements.novel(delta.retired()));
  }

  /**
   * Whether a delta may be merged: not where it speaks of dots of this replica that were never
   * minted, nor where it leaves more gaps than are kept.
   */
  public boolean admits(RoomDelta delta) {
    return delta.context().next(replica).counter() <= known().next(replica).counter()
        && context.union(delta.context()).gaps() <= MAX_GAPS;
  }

  /**
   * Joins a delta into the state: a dot survives where both sides have it, or where one hasn't seen
   * it yet. The cost follows the delta and the live entries it speaks of, not the size of the room.
   */
  public RoomChanges merge(RoomDelta delta) {
    ChangeNotes changes = new ChangeNotes(contents);
    RoomDelta rest = delta.without(retirements.gone());
    contents.merge(rest, context, changes);
    context = context.union(rest.context());
    retirements.merge(delta.retired(), context);
    CausalContext gone = retirements.gone();
    if (!context.disjoint(gone)) {
      contents.forget(gone, changes);
      context = context.minus(gone);
    }
    return changes.changes();
  }

  /**
   * Mends this state by what another replica with an equal context holds in a range: what only one
   * side has stays, and of two entries under one dot the one with the higher hash. Where the
   * contexts differ nothing is done, since what is missing here may have been removed.
   */
  public RoomChanges mend(RoomRepair.Mending mending) {
    ChangeNotes changes = new ChangeNotes(contents);
    if (mending.context().equals(context)) {
      contents.mend(mending.entries(), changes);
    }
    return changes.changes();
  }

  /** What lives in a range. */
  RoomDelta within(DotRange range) {
    return contents.within(CausalContext.ofRanges(List.of(range)));
  }

  /** What to compare with another replica's state. Its cost follows the state. */
  public RoomDigest digest() {
    return RoomDigest.of(contents.all(context));
  }

  /** The member that stands for a session, or null where it isn't in the room. */
  public @Nullable Member member(String session) {
    return contents.member(session);
  }

  /** All members by session id. */
  public List<Member> members() {
    List<Member> all = new ArrayList<>(size());
    for (String session : contents.members().keys()) {
      Member member = member(session);
      if (member != null) {
        all.add(member);
      }
    }
    return all;
  }

  /** Whether there is nothing that a later member could miss: nobody, no setting, chat or ban. */
  public boolean isBlank() {
    return contents.isEmpty();
  }

  /** Whether there is nobody, no chat and no ban. */
  public boolean holdsOnlySettings() {
    return contents.holdsOnlySettings();
  }

  /** About how many bytes the room takes up. */
  public long heldBytes() {
    return ROOM_BYTES + contents.heldBytes();
  }

  /** Whether a user is banned now. */
  public boolean isBanned(String user, long epochMillis) {
    return contents.bans().holds(user, epochMillis);
  }

  /** How many bans of others hold now. */
  public int bansBesides(String user, long epochMillis) {
    return contents.bans().besides(user, epochMillis);
  }

  /** How many sessions are in the room. */
  public int size() {
    return contents.members().keys().size();
  }

  /** The settings by key; a copy. */
  public NavigableMap<String, Register<Content>> settings() {
    return contents.shownSettings();
  }

  /** The chat log; read only. */
  public ChatLog chat() {
    return contents.chat();
  }

  /** Every dot this replica has seen in the room, but for those it has forgotten. */
  public CausalContext context() {
    return context;
  }

  Retirements retirements() {
    return retirements;
  }

  private Dot nextDot() {
    return known().next(replica);
  }

  private CausalContext known() {
    return context.union(retirements.spokenOf(replica));
  }

  private static <V> CausalContext seenOf(DotMap<V> map, String key) {
    return CausalContext.of(map.of(key).keySet());
  }
}
