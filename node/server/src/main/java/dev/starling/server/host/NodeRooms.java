package dev.starling.server.host;

import dev.starling.core.room.RoomOrder;
import dev.starling.core.room.RoomReport;
import dev.starling.core.room.RoomRequest;
import dev.starling.core.room.RoomStanding;
import dev.starling.core.room.RoomView;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rooms of a node, on it alone or shared with others. Thread-safe; nothing blocks. */
interface NodeRooms {
  /**
   * A session asks; the room comes into being with its first member.
   *
   * @param residency the regions that its token pins the room to; empty for all
   */
  void ask(String room, RoomRequest request, List<String> residency);

  /** A room's newest view; an empty one where the room isn't known here. */
  RoomView view(String room);

  /** The views of the rooms that are known here, in no order; they change while they are read. */
  Stream<RoomView> views();

  /** Reads what this node has of a room, where the room may be read; null where it has nothing. */
  <T> CompletableFuture<@Nullable T> read(String room, Function<RoomStanding, T> reading);

  /**
   * The application asks.
   *
   * @param opens whether the room must not be there yet, rather than must be there
   */
  CompletableFuture<RoomReport> order(String room, RoomOrder order, boolean opens);
}
