package dev.starling.server.host;

import dev.starling.core.protocol.SettingsChange;
import dev.starling.core.room.RoomOrder;
import dev.starling.core.room.RoomReport;
import dev.starling.core.room.RoomStanding;
import dev.starling.core.room.RoomView;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of a node as the application and operators see them from outside. Thread-safe: each
 * order is carried out on its room's loop, among what members ask.
 */
public final class HostedRooms {
  private final NodeHost node;

  public HostedRooms(NodeHost node) {
    this.node = node;
  }

  /**
   * A room in a list.
   *
   * @param members how many there are in it
   */
  public record Listed(String room, int members) {}

  /**
   * A part of the list, in the order of the names.
   *
   * @param more whether further rooms follow
   */
  public record Page(List<Listed> rooms, boolean more) {}

  /**
   * The rooms that follow a name. Reads the names of all rooms: not for event loops.
   *
   * @param after the last name of the page before, or null for the first page
   * @param limit how many at most, at least 1
   * @param visible which of them may be listed
   */
  public Page page(@Nullable String after, int limit, Predicate<String> visible) {
    TreeMap<String, RoomView> first = new TreeMap<>();
    boolean more = false;
    for (RoomView view : (Iterable<RoomView>) node.rooms().views()::iterator) {
      String name = view.room();
      if ((after == null || name.compareTo(after) > 0) && visible.test(name)) {
        first.put(name, view);
        if (first.size() > limit) {
          first.pollLastEntry();
          more = true;
        }
      }
    }
    List<Listed> rooms = new ArrayList<>(first.size());
    first.forEach((name, view) -> rooms.add(new Listed(name, view.sessions().size())));
    return new Page(rooms, more);
  }

  /** Reads what this node has of a room, on the room's loop; null where it has nothing. */
  public <T> CompletableFuture<@Nullable T> read(String name, Function<RoomStanding, T> reading) {
    return node.rooms().read(name, reading);
  }

  /** Makes a room that isn't there yet, and sets it up. */
  public CompletableFuture<RoomReport> open(String name, SettingsChange settings) {
    return node.rooms().order(name, new RoomOrder.Configure(settings), true);
  }

  /** Has an order carried out by a room that is there. */
  public CompletableFuture<RoomReport> order(String name, RoomOrder order) {
    return node.rooms().order(name, order, false);
  }
}
