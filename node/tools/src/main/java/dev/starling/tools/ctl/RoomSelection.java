package dev.starling.tools.ctl;

import dev.starling.proto.admin.AdminMethods;
import dev.starling.proto.admin.v1.ListRoomsRequest;
import dev.starling.proto.admin.v1.ListRoomsResponse;
import dev.starling.proto.admin.v1.ListedRoom;
import dev.starling.tools.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** Which rooms to list. */
final class RoomSelection {
  /** The most that a node lists at once. */
  private static final int PAGE = 500;

  private static final int MOST_ROOMS = 100_000;

  @Option(
      names = "--match",
      paramLabel = "ROOM",
      defaultValue = "",
      description = "Only this room, or those whose names begin so: team-*.")
  private String match = "";

  @Option(
      names = "--after",
      paramLabel = "ROOM",
      defaultValue = "",
      description = "Only those that follow this name.")
  private String after = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "At most so many, 1 to 100000; default: ${DEFAULT-VALUE}.")
  private int limit;

  /**
   * What was found.
   *
   * @param silent the nodes whose answers are missing
   * @param next the last name where further rooms follow; else empty
   */
  record Found(List<ListedRoom> rooms, Set<String> silent, String next) {}

  /** Asks for one page after another. */
  Found gather(AdminClient client) {
    if (limit < 1 || limit > MOST_ROOMS) {
      throw CommandFailure.wrongUsage("--limit takes 1 to " + MOST_ROOMS);
    }
    List<ListedRoom> rooms = new ArrayList<>();
    Set<String> silent = new TreeSet<>();
    String next = after;
    do {
      ListRoomsRequest request =
          ListRoomsRequest.newBuilder()
              .setMatch(match)
              .setAfter(next)
              .setLimit(Math.min(PAGE, limit - rooms.size()))
              .build();
      ListRoomsResponse page = client.call(AdminMethods.LIST_ROOMS, request);
      rooms.addAll(page.getRoomsList());
      silent.addAll(page.getSilentList());
      next = page.getNext();
    } while (!next.isEmpty() && rooms.size() < limit);
    return new Found(rooms, silent, next);
  }
}
