package dev.starling.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One room on one replica: an observed-remove map of members without tombstones, last-writer-wins
 * settings and a bounded chat log under one causal context. Mutators return the delta of an
 * operation and change nothing; {@link #merge} changes the state and says what a member would
 * notice. Not thread-safe: one owner.
 */
public final class RoomState {
  /** What a room, a member, a setting and a ban cost beside their payloads, rounded up. */
  private static final int ROOM_BYTES = 2048;

  private static final int MEMBER_BYTES = 768;
  private static final int SETTING_BYTES = 256;
  private static final int BAN_BYTES = 384;

  private final ReplicaId replica;
  private final TreeMap<String, TreeMap<Dot, Member>> members = new TreeMap<>();
  private final TreeMap<Dot, String> sessionByDot = new TreeMap<>();
  private final TreeMap<String, Register<Content>> settings = new TreeMap<>();
  private final Bans bans = new Bans();
  private final ChatLog chat;
  private CausalContext context = CausalContext.EMPTY;
  private long payloadBytes;

  /**
   * @param replica who mints dots here
   * @param chatCapacity how many chat messages are kept
   */
  public RoomState(ReplicaId replica, int chatCapacity) {
    this.replica = replica;
    this.chat = new ChatLog(chatCapacity);
  }

  /** The delta that makes {@code member} the only entry of its session. */
  public RoomDelta put(Member member) {
    Dot dot = context.next(replica);
    TreeMap<Dot, Member> entry = new TreeMap<>();
    entry.put(dot, member);
    return new RoomDelta(
        seenOf(member.session()).with(dot), entry, new TreeMap<>(), List.of(), new TreeMap<>());
  }

  /**
   * The delta that removes a session's entries; a removal mints a dot too, so that it has a place
   * in every log.
   */
  public RoomDelta remove(String session) {
    return RoomDelta.of(seenOf(session).with(context.next(replica)));
  }

  /** The delta that writes some settings, by key. */
  public RoomDelta set(NavigableMap<String, Content> values, HybridTime at) {
    Stamp stamp = new Stamp(at, replica);
    TreeMap<String, Register<Content>> written = new TreeMap<>();
    values.forEach((key, value) -> written.put(key, new Register<>(stamp, value)));
    return new RoomDelta(nextAlone(), new TreeMap<>(), written, List.of(), new TreeMap<>());
  }

  /** The delta that adds a chat message. */
  public RoomDelta say(String session, String user, Content data, HybridTime at) {
    ChatMessage message = new ChatMessage(context.next(replica), at, session, user, data);
    return new RoomDelta(
        nextAlone(), new TreeMap<>(), new TreeMap<>(), List.of(message), new TreeMap<>());
  }

  /** The delta that bans a user instead of what bans of that user there are. */
  public RoomDelta ban(Ban ban, long epochMillis) {
    Dot dot = context.next(replica);
    TreeMap<Dot, Ban> spoken = new TreeMap<>();
    spoken.put(dot, ban);
    CausalContext seen = CausalContext.of(bans.replaceable(ban.user(), epochMillis)).with(dot);
    return new RoomDelta(seen, new TreeMap<>(), new TreeMap<>(), List.of(), spoken);
  }

  /** The delta that lifts every ban of a user that is known here. */
  public RoomDelta unban(String user, long epochMillis) {
    List<Dot> seen = bans.replaceable(user, epochMillis);
    return RoomDelta.of(CausalContext.of(seen).with(context.next(replica)));
  }

  /** Everything this replica knows, as one delta. */
  public RoomDelta full() {
    TreeMap<Dot, Member> live = new TreeMap<>();
    members.values().forEach(live::putAll);
    return new RoomDelta(context, live, new TreeMap<>(settings), chat.messages(), bans.all());
  }

  /**
   * Joins a delta into the state: a dot survives where both sides have it, or where one hasn't seen
   * it yet. The cost follows the delta and the live entries it speaks of, not the size of the room.
   */
  public RoomChanges merge(RoomDelta delta) {
    TreeMap<String, Optional<Member>> before = new TreeMap<>();
    for (Dot dot : removedBy(delta)) {
      before.computeIfAbsent(sessionOf(dot), this::find);
      removeEntry(dot);
    }
    delta
        .members()
        .forEach((dot, member) -> {
          if (!context.contains(dot)) {
            before.computeIfAbsent(member.session(), this::find);
            addEntry(dot, member);
          }
        });
    bans.merge(delta, context);
    List<String> changed = mergeSettings(delta.settings());
    List<ChatMessage> said = delta.chat().stream().filter(chat::add).sorted().toList();
    context = context.union(delta.context());
    return changes(before, changed, said);
  }

  /** The member that stands for a session, or null where it isn't in the room. */
  public @Nullable Member member(String session) {
    TreeMap<Dot, Member> entries = members.get(session);
    return entries == null ? null : entries.values().stream().reduce(Member::merge).orElse(null);
  }

  /** All members by session id. */
  public List<Member> members() {
    List<Member> all = new ArrayList<>(members.size());
    for (String session : members.keySet()) {
      Member member = member(session);
      if (member != null) {
        all.add(member);
      }
    }
    return all;
  }

  /** Whether there is nothing that a later member could miss: nobody, no setting, chat or ban. */
  public boolean isBlank() {
    return members.isEmpty() && settings.isEmpty() && chat.size() == 0 && bans.isEmpty();
  }

  /** About how many bytes the room takes up. */
  public long heldBytes() {
    return ROOM_BYTES
        + (long) sessionByDot.size() * MEMBER_BYTES
        + (long) settings.size() * SETTING_BYTES
        + (long) bans.size() * BAN_BYTES
        + payloadBytes
        + chat.heldBytes();
  }

  /** Whether a user is banned now. */
  public boolean isBanned(String user, long epochMillis) {
    return bans.holds(user, epochMillis);
  }

  /** How many bans of others hold now. */
  public int bansBesides(String user, long epochMillis) {
    return bans.besides(user, epochMillis);
  }

  /** How many sessions are in the room. */
  public int size() {
    return members.size();
  }

  /** The settings by key; an unmodifiable copy. */
  public NavigableMap<String, Register<Content>> settings() {
    return new TreeMap<>(settings);
  }

  /** The chat log; read only. */
  public ChatLog chat() {
    return chat;
  }

  /** Every dot this replica has seen in the room. */
  public CausalContext context() {
    return context;
  }

  private CausalContext nextAlone() {
    return CausalContext.EMPTY.with(context.next(replica));
  }

  private CausalContext seenOf(String session) {
    TreeMap<Dot, Member> entries = members.get(session);
    return entries == null ? CausalContext.EMPTY : CausalContext.of(entries.keySet());
  }

  private Optional<Member> find(String session) {
    return Optional.ofNullable(member(session));
  }

  private String sessionOf(Dot dot) {
    return Objects.requireNonNull(sessionByDot.get(dot));
  }

  /** Live dots here that the delta has seen and no longer holds. */
  private List<Dot> removedBy(RoomDelta delta) {
    List<Dot> seen = new ArrayList<>();
    delta
        .context()
        .vector()
        .forEach((replica, last) ->
            seen.addAll(
                sessionByDot
                    .subMap(new Dot(replica, 1), true, new Dot(replica, last), true)
                    .keySet()));
    delta.context().cloud().stream().filter(sessionByDot::containsKey).forEach(seen::add);
    seen.removeIf(delta.members()::containsKey);
    return seen;
  }

  private void addEntry(Dot dot, Member member) {
    members.computeIfAbsent(member.session(), absent -> new TreeMap<>()).put(dot, member);
    sessionByDot.put(dot, member.session());
    payloadBytes += member.profile().value().bytes().length();
  }

  private void removeEntry(Dot dot) {
    String session = sessionOf(dot);
    sessionByDot.remove(dot);
    members.computeIfPresent(
        session,
        (key, entries) -> {
          Member gone = entries.remove(dot);
          payloadBytes -= gone == null ? 0 : gone.profile().value().bytes().length();
          return entries.isEmpty() ? null : entries;
        });
  }

  private RoomChanges changes(
      TreeMap<String, Optional<Member>> before, List<String> settings, List<ChatMessage> said) {
    List<Member> joined = new ArrayList<>();
    List<Member> updated = new ArrayList<>();
    List<Member> left = new ArrayList<>();
    before.forEach((session, old) -> {
      Member now = member(session);
      if (now == null) {
        old.ifPresent(left::add);
      } else if (old.isEmpty()) {
        joined.add(now);
      } else if (!old.get().equals(now)) {
        updated.add(now);
      }
    });
    return new RoomChanges(joined, updated, left, settings, said);
  }

  private List<String> mergeSettings(NavigableMap<String, Register<Content>> theirs) {
    List<String> changed = new ArrayList<>();
    theirs.forEach((key, register) -> {
      Register<Content> mine = settings.get(key);
      Register<Content> winner = mine == null ? register : mine.merge(register);
      if (!winner.equals(mine)) {
        settings.put(key, winner);
        payloadBytes += winner.value().bytes().length();
        payloadBytes -= mine == null ? 0 : mine.value().bytes().length();
        changed.add(key);
      }
    });
    return changed;
  }
}
