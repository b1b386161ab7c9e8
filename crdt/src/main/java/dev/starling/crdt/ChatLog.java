package dev.starling.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The newest messages of a room, at most {@code capacity}: the join is the union cut to the newest,
 * which is associative, commutative and idempotent because the order is total. A message may be
 * carried by several dots, since the living mint anew what the dead had minted. Not thread-safe.
 */
public final class ChatLog {
  /** What a message costs beside its payload: records, names and its place, rounded up. */
  private static final int MESSAGE_BYTES = 256;

  private final int capacity;
  private final TreeSet<ChatMessage> messages = new TreeSet<>();
  private final DotMap<ChatMessage> carriers =
      new DotMap<>(
          ChatMessage::id,
          message -> MESSAGE_BYTES + message.data().bytes().length() + message.rest().length());

  /**
   * @param capacity how many messages are kept, at least 0
   */
  public ChatLog(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("capacity: " + capacity);
    }
    this.capacity = capacity;
  }

  /**
   * Adds a message under its own dot; false where it was there already or is older than everything
   * that a full log keeps.
   */
  public boolean add(ChatMessage message) {
    return add(message.dot(), message);
  }

  /** Adds a message that a dot carries; what it returns is said above. */
  boolean add(Dot carrier, ChatMessage message) {
    carriers.put(carrier, message, key -> {});
    if (!messages.add(message)) {
      return false;
    }
    return messages.size() <= capacity || !message.equals(dropEldest());
  }

  private ChatMessage dropEldest() {
    ChatMessage eldest = messages.removeFirst();
    List.copyOf(carriers.of(eldest.id()).keySet()).forEach(dot -> carriers.remove(dot, key -> {}));
    return eldest;
  }

  /** Forgets a dot; a message that no other one carries goes with it. */
  void remove(Dot carrier) {
    ChatMessage message = carriers.entries().get(carrier);
    carriers.remove(carrier, key -> {});
    if (message != null && carriers.of(message.id()).isEmpty()) {
      messages.remove(message);
    }
  }

  /**
   * Joins another log's part in; see {@link DotMap#merge}.
   *
   * @return the new messages that are kept, oldest first
   */
  List<ChatMessage> merge(RoomDelta delta, CausalContext context) {
    List<ChatMessage> said = new ArrayList<>();
    // Removals come after what replaces them: a message minted anew is the same message.
    DotMap.unseen(delta.chat(), context)
        .forEach((dot, message) -> {
          if (add(dot, message)) {
            said.add(message);
          }
        });
    carriers.removedBy(delta.chat(), delta.context()).forEach(this::remove);
    said.removeIf(message -> !messages.contains(message));
    return said.stream().sorted().toList();
  }

  /** Takes in entries that are missing here, or that differ and hash higher; what is new. */
  List<ChatMessage> mend(NavigableMap<Dot, ChatMessage> theirs) {
    List<ChatMessage> said = new ArrayList<>();
    theirs.forEach((dot, message) -> {
      ChatMessage mine = carriers.entries().get(dot);
      if (mine == null || EntryHashes.of(dot, mine) < EntryHashes.of(dot, message)) {
        remove(dot);
        if (add(dot, message)) {
          said.add(message);
        }
      }
    });
    return said;
  }

  /** The dots and what they carry. */
  DotMap<ChatMessage> carriers() {
    return carriers;
  }

  /** All kept messages by the dots that carry them; read only. */
  NavigableMap<Dot, ChatMessage> entries() {
    return carriers.entries();
  }

  /** About how many bytes the messages take up. */
  public long heldBytes() {
    return carriers.heldBytes();
  }

  /** All kept messages, oldest first. */
  public List<ChatMessage> messages() {
    return new ArrayList<>(messages);
  }

  /** How many messages are kept. */
  public int size() {
    return messages.size();
  }

  /**
   * A page of history.
   *
   * @param before the id that the page ends before, or null for the newest page
   * @param limit how many messages at most, at least 1
   * @return oldest first; empty where {@code before} names no kept message
   */
  public Page page(@Nullable String before, int limit) {
    List<ChatMessage> page = new ArrayList<>();
    boolean inside = before == null;
    for (ChatMessage message : messages.descendingSet()) {
      if (inside && page.size() == limit) {
        return new Page(page.reversed(), true);
      }
      if (inside) {
        page.add(message);
      } else {
        inside = message.id().equals(before);
      }
    }
    return new Page(page.reversed(), false);
  }

  /**
   * Part of the history.
   *
   * @param messages oldest first
   * @param more whether older ones are kept
   */
  public record Page(List<ChatMessage> messages, boolean more) {}
}
