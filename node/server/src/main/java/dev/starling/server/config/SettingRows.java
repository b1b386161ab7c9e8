package dev.starling.server.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The rows of a table, in the order in which they are written down. */
final class SettingRows {
  private final List<Setting<?>> rows = new ArrayList<>();

  /** A setting that always has a value. */
  <T> Setting<T> of(String name, Kind<T> kind, T fallback, String meaning) {
    String text = fallback.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    return add(new Setting<>(name, kind, fallback, '`' + text + '`', meaning));
  }

  /** A whole number that always has a value; both bounds are allowed values. */
  Setting<Integer> number(
      String name, String unit, int least, int most, int fallback, String meaning) {
    return of(name, Kind.wholeNumber(unit, least, most), fallback, meaning);
  }

  /** A setting that may be left out. */
  <T> Setting<T> optional(String name, Kind<T> kind, String fallbackText, String meaning) {
    return add(new Setting<>(name, kind, null, fallbackText, meaning));
  }

  /** The rows of another table come next. */
  void include(List<Setting<?>> others) {
    rows.addAll(others);
  }

  /** A view of the rows so far. */
  List<Setting<?>> list() {
    return Collections.unmodifiableList(rows);
  }

  private <T> Setting<T> add(Setting<T> row) {
    rows.add(row);
    return row;
  }
}
