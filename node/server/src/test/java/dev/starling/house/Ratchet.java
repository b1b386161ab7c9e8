package dev.starling.house;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds lengths to a limit. Things that were longer when the rule came are listed with their
 * length, may only get shorter, and leave the list when they fit: the list shrinks, never grows.
 *
 * @param limit the most lines of anything that is not listed
 * @param hardLimit the most lines of anything
 * @param allowed the listed things and their lengths
 */
record Ratchet(int limit, int hardLimit, Map<String, Long> allowed) {

  /**
   * Reads the lines {@code LENGTH NAME} of a list; a {@code #} begins a comment. A missing list is
   * empty.
   */
  static Ratchet read(int limit, int hardLimit, SourceTree tree, Path list) {
    Map<String, Long> allowed = new TreeMap<>();
    for (String line : Files.exists(list) ? tree.lines(list) : List.<String>of()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        int space = line.indexOf(' ');
        allowed.put(line.substring(space + 1), Long.valueOf(line.substring(0, space)));
      }
    }
    return new Ratchet(limit, hardLimit, allowed);
  }

  /** What is wrong with these lengths, one sentence each. */
  List<String> complaints(Map<String, Long> lengths) {
    List<String> complaints = new ArrayList<>();
    lengths.forEach((name, length) -> {
      long most = Math.min(hardLimit, allowed.getOrDefault(name, (long) limit));
      if (length > most) {
        complaints.add(name + " has " + length + " lines, of at most " + most);
      }
    });
    allowed.forEach((name, listed) -> {
      long length = lengths.getOrDefault(name, 0L);
      if (length < listed) {
        complaints.add(
            name
                + " is listed with "
                + listed
                + " lines and has "
                + length
                + ": "
                + (length > limit ? "lower it" : "take it off the list"));
      }
    });
    return complaints;
  }
}
