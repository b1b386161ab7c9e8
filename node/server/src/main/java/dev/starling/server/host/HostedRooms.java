package dev.starling.server.host;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.core.room.RoomOrder;
import dev.starling.core.room.RoomReport;
import dev.starling.core.room.RoomReport.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of a node as the application sees them from outside. Thread-safe: each order is carried
 * out on its room's loop, among what members ask.
 */
public final class HostedRooms {
  static final Refused NO_SUCH_ROOM = new Refused(Code.NO_SUCH_ROOM, "there is no such room");

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
    TreeMap<String, RoomHost> first = new TreeMap<>();
    boolean more = false;
    for (RoomHost room : node.rooms()) {
      String name = room.name();
      if ((after == null || name.compareTo(after) > 0) && visible.test(name)) {
        first.put(name, room);
        if (first.size() > limit) {
          first.pollLastEntry();
          more = true;
        }
      }
    }
    List<Listed> rooms = new ArrayList<>(first.size());
    first.forEach((name, room) -> rooms.add(new Listed(name, room.view().sessions().size())));
    return new Page(rooms, more);
  }

  /** Makes a room that isn't there yet, and sets it up. */
  public CompletableFuture<RoomReport> open(String name, SettingsChange settings) {
    if (!node.hasPlaceForRoom()) {
      return CompletableFuture.completedFuture(
          new Refused(Code.BUSY, "the node holds as many rooms as it may"));
    }
    RoomHost room = node.openRoom(name);
    return room == null
        ? CompletableFuture.completedFuture(
            new Refused(Code.ROOM_EXISTS, "the room is there already"))
        : order(room, new RoomOrder.Configure(settings));
  }

  /** Has an order carried out by a room that is there. */
  public CompletableFuture<RoomReport> order(String name, RoomOrder order) {
    RoomHost room = node.room(name);
    return room == null ? CompletableFuture.completedFuture(NO_SUCH_ROOM) : order(room, order);
  }

  private static CompletableFuture<RoomReport> order(RoomHost room, RoomOrder order) {
    CompletableFuture<RoomReport> report = new CompletableFuture<>();
    room.order(order, report);
    return report;
  }
}
