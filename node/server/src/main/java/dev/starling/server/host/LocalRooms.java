package dev.starling.server.host;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.room.Residency;
import dev.starling.core.room.RoomOrder;
import dev.starling.core.room.RoomReport;
import dev.starling.core.room.RoomReport.Refused;
import dev.starling.core.room.RoomRequest;
import dev.starling.core.room.RoomStanding;
import dev.starling.core.room.RoomView;
import dev.starling.core.session.SessionInput;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rooms that this node alone has. Each is on the loop that its name hashes to. */
final class LocalRooms implements NodeRooms {
  static final Refused NO_SUCH_ROOM = new Refused(Code.NO_SUCH_ROOM, "there is no such room");

  private final NodeHost node;
  private final ConcurrentHashMap<String, RoomHost> rooms = new ConcurrentHashMap<>();

  LocalRooms(NodeHost node) {
    this.node = node;
  }

  @Override
  public void ask(String name, RoomRequest request, List<String> residency) {
    if (Residency.excludes(residency, node.config().region())) {
      // There are no other nodes.
      ServerMessage answer = Residency.answer(request, residency, List.of());
      if (answer != null) {
        node.answer(request.session(), new SessionInput.Answered(name, request.id(), answer));
      }
      return;
    }
    RoomHost room =
        request instanceof RoomRequest.Enter && hasPlace()
            ? rooms.computeIfAbsent(name, this::newRoom)
            : rooms.get(name);
    if (room != null) {
      room.ask(request, residency);
    } else {
      AbsentRoom.answer(node, name, request);
    }
  }

  @Override
  public RoomView view(String name) {
    RoomHost room = rooms.get(name);
    return room == null ? RoomView.empty(name) : room.view();
  }

  @Override
  public Stream<RoomView> views() {
    return rooms.values().stream().map(RoomHost::view);
  }

  @Override
  public <T> CompletableFuture<@Nullable T> read(String name, Function<RoomStanding, T> reading) {
    RoomHost room = rooms.get(name);
    return room == null ? CompletableFuture.completedFuture(null) : room.read(reading);
  }

  @Override
  public CompletableFuture<RoomReport> order(String name, RoomOrder order, boolean opens) {
    if (opens && !hasPlace()) {
      return refused(AbsentRoom.NO_PLACE);
    }
    RoomHost room = opens ? open(name) : rooms.get(name);
    if (room == null) {
      return refused(
          opens ? new Refused(Code.ROOM_EXISTS, "the room is there already") : NO_SUCH_ROOM);
    }
    CompletableFuture<RoomReport> report = new CompletableFuture<>();
    room.order(order, report);
    return report;
  }

  private static CompletableFuture<RoomReport> refused(Refused why) {
    return CompletableFuture.completedFuture(why);
  }

  private boolean hasPlace() {
    return rooms.size() < node.config().maxRooms();
  }

  /** Makes a room; null where it is there already. */
  private @Nullable RoomHost open(String name) {
    RoomHost fresh = newRoom(name);
    return rooms.putIfAbsent(name, fresh) == null ? fresh : null;
  }

  private RoomHost newRoom(String name) {
    return new RoomHost(node, this, name, node.loops().of(name));
  }

  void vacated(RoomHost room) {
    rooms.remove(room.name(), room);
  }
}
