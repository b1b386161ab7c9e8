package dev.starling.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.property.Choices;
import dev.starling.property.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A table of ids against the sorted map of the JDK. */
final class IdTableTest {
  @Test
  void emptyTableKnowsNothing() {
    IdTable<String> table = new IdTable<>();
    assertTrue(table.isEmpty());
    assertNull(table.get(1));
    assertNull(table.remove(1));
  }

  @Property(tries = 300)
  void doesWhatASortedMapDoes(Choices choices) {
    IdTable<String> table = new IdTable<>();
    TreeMap<Long, String> map = new TreeMap<>();
    for (int step = 0; step < 200; step++) {
      long id = choices.between(0, 39);
      switch (choices.between(0, 3)) {
        case 0 -> assertEquals(map.remove(id), table.remove(id));
        case 1 -> {
          if (!map.isEmpty()) {
            int place = choices.between(0, map.size() - 1);
            map.remove(List.copyOf(map.keySet()).get(place));
            table.removeAt(place);
          }
        }
        default -> assertEquals(map.put(id, "v" + step), table.put(id, "v" + step));
      }
      assertEquals(map.get(id), table.get(id));
      assertEquals(map, contents(table));
    }
  }

  @Test
  void idsThatComeAndGoInOrderTakeNoMoreRoomThanAreThere() {
    IdTable<String> table = new IdTable<>();
    for (long id = 1; id <= 100_000; id++) {
      table.put(id, "x");
      if (table.size() > 3) {
        table.removeAt(0);
      }
    }
    assertEquals(List.of(99_998L, 99_999L, 100_000L), new ArrayList<>(contents(table).keySet()));
    assertEquals(3, Footprint.of(table));
  }

  private static TreeMap<Long, String> contents(IdTable<String> table) {
    TreeMap<Long, String> contents = new TreeMap<>();
    for (int place = 0; place < table.size(); place++) {
      contents.put(table.idAt(place), table.valueAt(place));
    }
    assertEquals(table.size(), contents.size());
    return contents;
  }
}
