package dev.starling.server.edge.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One operation and where it is found.
 *
 * @param template the path below {@code /api/v1}, with at most one {@code {room}}
 * @param open whether it needs no key
 */
record ApiRoute(String method, String template, boolean open, Operation operation) {
  private static final String ROOM = "{room}";

  /** Answers a call; throws where it is refused at once. */
  interface Operation {
    CompletableFuture<ApiAnswer> run(ApiCall call) throws ApiRefusal;
  }

  /**
   * What a path has in the room's place, an empty text where the template has none, or null where
   * the path isn't this route's.
   */
  @Nullable String match(String path) {
    String[] expected = template.split("/", -1);
    String[] given = path.split("/", -1);
    if (expected.length != given.length) {
      return null;
    }
    String argument = "";
    for (int part = 0; part < expected.length; part++) {
      if (expected[part].equals(ROOM) && !given[part].isEmpty()) {
        argument = given[part];
      } else if (!expected[part].equals(given[part])) {
        return null;
      }
    }
    return argument;
  }

  /** Takes the percent-encoding off a part of a path; a plus stands for itself there. */
  static String decoded(String part) throws ApiRefusal {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw ApiRefusal.invalid("the path is not percent-encoded as it should be");
    }
  }
}
