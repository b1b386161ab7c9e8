package dev.starling.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Columns as wide as their widest cell, for people. */
public final class Table {
  private static final int GAP = 2;

  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these headings. */
  public Table(List<String> headings) {
    rows.add(List.copyOf(headings));
  }

  /** Adds a row, a cell for each heading. */
  public void add(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /** The table as plain text. */
  public String text() {
    return text(UnaryOperator.identity());
  }

  /**
   * The table with its cells dressed up.
   *
   * @param dress adds what takes no place, as colours do
   */
  public String text(UnaryOperator<String> dress) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        boolean last = column == row.size() - 1;
        text.append(dress.apply(cell)).repeat(' ', last ? 0 : width(column) + GAP - cell.length());
      }
      text.append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
