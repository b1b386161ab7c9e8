package dev.starling.core.room;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.Moved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told whose room may not be where it is. The regions are those that its token, or
 * the room, names: at least one.
 */
public final class Residency {
  private static final long MOVE_MILLIS = 1_000;

  private Residency() {}

  /** Whether what is pinned to regions may not be in one; nothing is pinned where none is named. */
  public static boolean excludes(List<String> regions, String region) {
    return !regions.isEmpty() && !regions.contains(region);
  }

  /**
   * The answer to a request; null where nobody waits for one.
   *
   * @param urls where clients reach those regions' nodes now
   */
  public static @Nullable ServerMessage answer(
      RoomRequest request, List<String> regions, List<String> urls) {
    long id = request.id();
    return switch (request) {
      case RoomRequest.Enter enter when urls.isEmpty() ->
          new Failed(
              id,
              Code.UNREACHABLE,
              "the room is kept in "
                  + String.join(", ", regions)
                  + " alone, where no node can be reached now: ask again later");
      case RoomRequest.Enter enter -> new Moved(urls, MOVE_MILLIS);
      // Nobody can find out by leaving which rooms there are.
      case RoomRequest.Part part -> id == RoomRequest.NO_ANSWER ? null : new Done(id, 0, null);
      default -> new Failed(id, Code.NOT_IN_ROOM, "join the room first");
    };
  }
}
