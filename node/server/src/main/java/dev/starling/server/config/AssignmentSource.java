package dev.starling.server.config;

import java.util.List;
import java.util.function.Consumer;

/** Reads {@code KEY=VALUE} texts from the command line. */
final class AssignmentSource {
  static final String NAME = "--set";

  private AssignmentSource() {}

  static void read(List<String> assignments, Consumer<Given> given, Consumer<Problem> problems) {
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals <= 0) {
        problems.accept(new Problem(NAME, "", "takes KEY=VALUE, for example client.port=7401"));
      } else {
        String name = assignment.substring(0, equals).strip();
        given.accept(new Given(name, assignment.substring(equals + 1), NAME));
      }
    }
  }
}
