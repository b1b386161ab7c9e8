package dev.starling.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which name was meant by one that doesn't exist. */
final class NearestName {
  private NearestName() {}

  /** The name that takes the fewest edits (Levenshtein 1966), if they are few for its length. */
  static Optional<String> among(Collection<String> names, String written) {
    String wanted = written.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(name -> distance(name, wanted) <= Math.max(2, name.length() / 3))
        .min(Comparator.comparingInt(name -> distance(name, wanted)));
  }

  private static int distance(String name, String wanted) {
    String target = name.toLowerCase(Locale.ROOT);
    int[] above = new int[target.length() + 1];
    for (int column = 0; column < above.length; column++) {
      above[column] = column;
    }
    for (int row = 1; row <= wanted.length(); row++) {
      above = nextRow(above, target, wanted.charAt(row - 1), row);
    }
    return above[target.length()];
  }

  private static int[] nextRow(int[] above, String target, char letter, int row) {
    int[] current = new int[above.length];
    current[0] = row;
    for (int column = 1; column < current.length; column++) {
      int replaced = above[column - 1] + (target.charAt(column - 1) == letter ? 0 : 1);
      int edited = Math.min(above[column], current[column - 1]) + 1;
      current[column] = Math.min(replaced, edited);
    }
    return current;
  }
}
