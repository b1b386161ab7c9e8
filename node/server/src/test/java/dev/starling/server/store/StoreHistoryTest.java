package dev.starling.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.starling.property.Choices;
import dev.starling.property.Histories;
import dev.starling.property.Property;
import dev.starling.server.store.Told.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is written, closed and opened again in any order, what comes back is what a map has. */
final class StoreHistoryTest {
  @TempDir Path directory;

  sealed interface Step {
    record Append(String room, String delta) implements Step {}

    record Fold(String room, String snapshot) implements Step {}

    record Remove(String room) implements Step {}

    record Put(String key, String value) implements Step {}

    record Delete(String key) implements Step {}

    record Reopen() implements Step {}

    static Step draw(Choices choices) {
      String name = choices.oneOf("a", "aa", "b", "room \u00e9\u4e2d", "\0", "k");
      String value = "x".repeat(choices.between(0, 3)) + choices.between(0, 99);
      return switch (choices.between(0, 11)) {
        case 0, 1, 2, 3, 4 -> new Append(name, value);
        case 5, 6 -> new Fold(name, value);
        case 7 -> new Remove(name);
        case 8, 9 -> new Put(name, value);
        case 10 -> new Delete(name);
        default -> new Reopen();
      };
    }
  }

  @Property(tries = 20)
  void storeKeepsWhatAMapKeeps(Choices choices) {
    Histories.check(choices, 60, Step::draw, this::storeEqualsModel);
  }

  private void storeEqualsModel(List<Step> history) throws IOException {
    Path own = Files.createTempDirectory(directory, "history");
    Model model = new Model();
    TestStore store = TestStore.open(own);
    try {
      for (Step step : history) {
        if (step instanceof Step.Reopen) {
          store.close();
          store = TestStore.open(own);
          model.compare(store.told);
        } else {
          model.apply(step);
          apply(step, store);
        }
      }
    } finally {
      store.close();
    }
    try (TestStore last = TestStore.open(own)) {
      model.compare(last.told);
      assertEquals(model.rooms.size(), last.store.counters().rooms());
    }
  }

  private static void apply(Step step, TestStore store) {
    switch (step) {
      case Step.Append(String room, String delta) ->
          assertInstanceOf(WriteOutcome.Written.class, store.append(room, delta));
      case Step.Fold(String room, String snapshot) -> store.fold(room, snapshot);
      case Step.Remove(String room) -> store.remove(room);
      case Step.Put(String key, String value) -> store.put(key, value);
      case Step.Delete(String key) -> store.delete(key);
      case Step.Reopen() -> throw new AssertionError("is done elsewhere");
    }
  }

  private static final class Model {
    private final Map<String, Content> rooms = new TreeMap<>();
    private final Map<String, String> records = new TreeMap<>();

    void apply(Step step) {
      switch (step) {
        case Step.Append(String room, String delta) ->
            rooms
                .computeIfAbsent(room, made -> new Content(null, new ArrayList<>()))
                .deltas()
                .add(delta);
        case Step.Fold(String room, String snapshot) ->
            rooms.put(room, new Content(snapshot, new ArrayList<>()));
        case Step.Remove(String room) -> rooms.remove(room);
        case Step.Put(String key, String value) -> records.put(key, value);
        case Step.Delete(String key) -> records.remove(key);
        case Step.Reopen() -> throw new AssertionError("changes nothing");
      }
    }

    void compare(Told told) {
      assertEquals(rooms, told.roomsByName());
      assertEquals(records, new TreeMap<>(told.records));
      assertEquals(List.of(), told.setAside);
    }
  }
}
