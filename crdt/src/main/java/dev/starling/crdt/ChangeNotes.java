package dev.starling.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Notes how things were before a merge touches them, to tell afterwards what a member notices. */
final class ChangeNotes {
  private final RoomContents contents;
  private final TreeMap<String, Optional<Member>> members = new TreeMap<>();
  private final TreeMap<String, Optional<Setting>> settings = new TreeMap<>();
  private List<ChatMessage> said = List.of();

  ChangeNotes(RoomContents contents) {
    this.contents = contents;
  }

  /** A session's entries are about to change. */
  void member(String session) {
    members.computeIfAbsent(session, s -> Optional.ofNullable(contents.member(s)));
  }

  /** A setting is about to change. */
  void setting(String key) {
    settings.computeIfAbsent(key, k -> Optional.ofNullable(contents.setting(k)));
  }

  /** These messages are new. */
  void said(List<ChatMessage> messages) {
    said = messages;
  }

  /** What came of it. */
  RoomChanges changes() {
    List<Member> joined = new ArrayList<>();
    List<Member> updated = new ArrayList<>();
    List<Member> left = new ArrayList<>();
    List<String> rehosted = new ArrayList<>();
    members.forEach((session, old) -> {
      Member now = contents.member(session);
      if (now == null) {
        old.ifPresent(left::add);
      } else if (old.isEmpty()) {
        joined.add(now);
      } else if (!old.get().equals(now)) {
        updated.add(now);
        if (now.looksLike(old.get())) {
          rehosted.add(session);
        }
      }
    });
    return new RoomChanges(joined, updated, left, changedSettings(), said, rehosted);
  }

  private List<String> changedSettings() {
    List<String> changed = new ArrayList<>();
    settings.forEach((key, old) -> {
      if (!Objects.equals(old.orElse(null), contents.setting(key))) {
        changed.add(key);
      }
    });
    return changed;
  }
}
