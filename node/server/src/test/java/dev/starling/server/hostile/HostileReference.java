package dev.starling.server.hostile;

import java.util.stream.Collectors;

/** The table as people read it: docs/HOSTILE.md. */
final class HostileReference {
  private static final String HEAD =
      """
      # Hostile inputs

      What a client can do wrong, and what comes of it. The tests send each row of these tables to a real node over a real socket, while two
      other clients talk on the same node: they lose, double and reorder nothing and wait for nothing. After each class the memory that it took
      up is given back, no buffer is lost, and nothing stands in the log as a fault of the server.

      A code alone is an error frame, a number after it the WebSocket close code ([PROTOCOL.md](PROTOCOL.md#codes)); a word in small letters is
      the type of an answer. "Stays open" means that the next request on the same connection is served. The nodes of these tests have small
      limits; the codes are the same with others.

      This page is made from the tests' table. To add a row, add it there and write the page anew: `mvn test -pl node/server -am
      -Dtest=HostileReferenceTest -Dstarling.docs.write=true`.
      """;

  private HostileReference() {}

  static String text() {
    return HEAD
        + HostileClass.ALL.stream().map(HostileReference::section).collect(Collectors.joining());
  }

  private static String section(HostileClass hostile) {
    return "\n## "
        + hostile.title()
        + "\n\n| input | outcome |\n|---|---|\n"
        + hostile.rows().stream().map(HostileReference::line).collect(Collectors.joining());
  }

  private static String line(HostileInput row) {
    return "| " + row.name().replace("\\", "\\\\") + " | " + row.outcome().text() + " |\n";
  }
}
