package dev.starling.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What lives in a room: the maps that share its causal context. Not thread-safe. */
final class RoomContents {
  /** What a member and a setting cost beside their payloads, rounded up. */
  private static final int MEMBER_BYTES = 768;

  private static final int SETTING_BYTES = 256;

  private final DotMap<Member> members =
      new DotMap<>(
          Member::session,
          member -> MEMBER_BYTES + size(member.profile().value().bytes(), member.rest()));
  private final DotMap<Setting> settings =
      new DotMap<>(
          Setting::key,
          setting -> SETTING_BYTES + size(setting.register().value().bytes(), setting.rest()));
  private final Bans bans = new Bans();
  private final ChatLog chat;

  RoomContents(int chatCapacity) {
    this.chat = new ChatLog(chatCapacity);
  }

  DotMap<Member> members() {
    return members;
  }

  DotMap<Setting> settings() {
    return settings;
  }

  Bans bans() {
    return bans;
  }

  ChatLog chat() {
    return chat;
  }

  private static int size(Bytes payload, Bytes rest) {
    return payload.length() + rest.length();
  }

  /** The member that stands for a session, or null where it isn't in the room. */
  @Nullable Member member(String session) {
    return members.of(session).values().stream().reduce(Member::merge).orElse(null);
  }

  /** The write that is shown of a setting, or null where nobody set it. */
  @Nullable Setting setting(String key) {
    return settings.of(key).values().stream().reduce(Setting::merge).orElse(null);
  }

  /** What is shown of all settings, by key; a copy. */
  TreeMap<String, Register<Content>> shownSettings() {
    TreeMap<String, Register<Content>> shown = new TreeMap<>();
    for (String key : settings.keys()) {
      Setting setting = setting(key);
      if (setting != null) {
        shown.put(key, setting.register());
      }
    }
    return shown;
  }

  boolean isEmpty() {
    return holdsOnlySettings() && settings.entries().isEmpty();
  }

  boolean holdsOnlySettings() {
    return members.entries().isEmpty() && chat.size() == 0 && bans.spoken().entries().isEmpty();
  }

  long heldBytes() {
    return members.heldBytes()
        + settings.heldBytes()
        + bans.spoken().heldBytes()
        + chat.heldBytes();
  }

  /** Joins a delta in; {@code changes} hears of what changes before it does. */
  void merge(RoomDelta delta, CausalContext context, ChangeNotes changes) {
    members.merge(delta.members(), delta.context(), context, changes::member);
    settings.merge(delta.settings(), delta.context(), context, changes::setting);
    bans.spoken().merge(delta.bans(), delta.context(), context, user -> {});
    changes.said(chat.merge(delta, context));
  }

  /** Takes entries in that are missing or differ and hash higher. */
  void mend(RoomDelta delta, ChangeNotes changes) {
    DotMap<Ban> spoken = bans.spoken();
    members.mend(delta.members(), EntryHashes::of, changes::member);
    settings.mend(delta.settings(), EntryHashes::of, changes::setting);
    spoken.mend(delta.bans(), EntryHashes::of, user -> {});
    changes.said(chat.mend(delta.chat()));
  }

  /** Forgets dots, whatever they stand for. */
  void forget(CausalContext dots, ChangeNotes changes) {
    members.seenBy(dots).forEach(dot -> members.remove(dot, changes::member));
    settings.seenBy(dots).forEach(dot -> settings.remove(dot, changes::setting));
    bans.spoken().seenBy(dots).forEach(dot -> bans.spoken().remove(dot, user -> {}));
    chat.carriers().seenBy(dots).forEach(chat::remove);
  }

  /** The live dots that a context holds. */
  List<Dot> seenBy(CausalContext context) {
    List<Dot> seen = new ArrayList<>(members.seenBy(context));
    seen.addAll(settings.seenBy(context));
    seen.addAll(bans.spoken().seenBy(context));
    seen.addAll(chat.carriers().seenBy(context));
    return seen;
  }

  /** The live dots that a delta has seen and no longer holds. */
  List<Dot> removedBy(RoomDelta delta) {
    CausalContext context = delta.context();
    List<Dot> removed = new ArrayList<>(members.removedBy(delta.members(), context));
    removed.addAll(settings.removedBy(delta.settings(), context));
    removed.addAll(bans.spoken().removedBy(delta.bans(), context));
    removed.addAll(chat.carriers().removedBy(delta.chat(), context));
    return removed;
  }

  /** Everything, under a context; a copy. */
  RoomDelta all(CausalContext context) {
    return new RoomDelta(
        context,
        new TreeMap<>(members.entries()),
        new TreeMap<>(settings.entries()),
        new TreeMap<>(chat.entries()),
        new TreeMap<>(bans.spoken().entries()),
        new TreeMap<>());
  }

  /** The entries whose dots a context holds, under it; a copy. */
  RoomDelta within(CausalContext context) {
    return new RoomDelta(
        context,
        members.within(context),
        settings.within(context),
        chat.carriers().within(context),
        bans.spoken().within(context),
        new TreeMap<>());
  }
}
