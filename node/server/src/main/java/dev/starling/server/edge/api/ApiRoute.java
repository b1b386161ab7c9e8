package dev.starling.server.edge.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The operations and where they are found. */
enum ApiRoute {
  DESCRIPTION("GET", "/openapi.json", true),
  REGIONS("GET", "/regions", true),
  LIST_ROOMS("GET", "/rooms", false),
  CREATE_ROOM("POST", "/rooms", false),
  SHOW_ROOM("GET", "/rooms/{room}", false),
  CLOSE_ROOM("DELETE", "/rooms/{room}", false),
  KICK("POST", "/rooms/{room}/kick", false),
  BAN("POST", "/rooms/{room}/ban", false),
  UNBAN("POST", "/rooms/{room}/unban", false),
  SEND("POST", "/rooms/{room}/send", false),
  REVOKE("POST", "/revocations", false);

  private static final String ROOM = "{room}";

  private final String method;
  private final String template;
  private final boolean open;

  ApiRoute(String method, String template, boolean open) {
    this.method = method;
    this.template = template;
    this.open = open;
  }

  String method() {
    return method;
  }

  /** The path below {@code /api/v1}, with at most one {@code {room}}. */
  String template() {
    return template;
  }

  /** Whether it needs no key. */
  boolean open() {
    return open;
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
