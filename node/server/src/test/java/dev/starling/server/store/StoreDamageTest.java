package dev.starling.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.property.Choices;
import dev.starling.property.Property;
import dev.starling.server.store.Told.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bits that flip, sectors of zeros, files cut short or gone cost at most what they were part of,
 * and that is said.
 */
final class StoreDamageTest {
  private static final int ROOMS = 40;
  private static final int OPERATIONS = 30;
  private static final int SECTOR = 512;
  private static final Set<StoreState> POSSIBLE =
      EnumSet.of(StoreState.READY, StoreState.CORRUPT, StoreState.FOREIGN);

  @TempDir static Path parent;

  private static Path whole() {
    return parent.resolve("whole");
  }

  /** The first half of each room is in the engine's tables, the rest in its log. */
  @BeforeAll
  static void writeRooms() {
    write(1, OPERATIONS / 2);
    write(OPERATIONS / 2 + 1, OPERATIONS);
  }

  private static void write(int from, int to) {
    try (TestStore store = TestStore.open(whole())) {
      for (int number = from; number <= to; number++) {
        for (int room = 0; room < ROOMS; room++) {
          String content = StoreChild.content(room, number);
          if (number % 10 == room % 10) {
            store.fold("" + room, content);
          } else {
            store.append("" + room, content);
          }
        }
      }
      store.put("retirements", "some");
    }
  }

  @Property(tries = 30)
  void damageNeverMakesAWrongRoomAndLossIsSaid(Choices choices) throws IOException {
    Path directory = copy();
    Path damaged = damage(directory, choices);
    try (TestStore store = TestStore.open(directory)) {
      StoreStatus status = store.store.status();
      assertTrue(POSSIBLE.contains(status.state()), status + " after damage to " + damaged);
      store.told.rooms.forEach((room, content) -> compare(Integer.parseInt(room), content));
      boolean said = status.state() != StoreState.READY || !store.told.setAside.isEmpty();
      boolean cut = damaged.toString().endsWith(".log") && earlier(store.told);
      assertTrue(said || cut || complete(store.told), "silent loss after damage to " + damaged);
      mended(directory, store);
    } finally {
      delete(directory);
    }
  }

  /** What was damaged once is out of the way at the next start, and the rest still there. */
  private static void mended(Path directory, TestStore first) {
    boolean ready = first.store.status().state() == StoreState.READY;
    if (ready) {
      first.append("0", "later");
    }
    first.close();
    if (ready) {
      try (TestStore again = TestStore.open(directory)) {
        assertEquals(StoreState.READY, again.store.status().state());
        assertEquals(List.of(), again.told.setAside);
        assertEquals(first.told.records, again.told.records);
        first
            .told
            .rooms
            .keySet()
            .forEach(room -> assertTrue(again.told.rooms.containsKey(room), room));
      }
    }
  }

  /**
   * Whether all is as it was at one earlier moment: a log that ends early looks as one whose writer
   * was killed then.
   */
  private static boolean earlier(Told told) {
    IntStream lasts =
        IntStream.range(0, ROOMS).map(room -> StoreChild.last(told.content("" + room)));
    int[] inOrder = lasts.toArray();
    int first = inOrder[0];
    int more = (int) Arrays.stream(inOrder).takeWhile(last -> last == first).count();
    return Arrays.stream(inOrder).skip(more).allMatch(last -> last == first - 1);
  }

  private static boolean complete(Told told) {
    return told.rooms.size() == ROOMS
        && told.records.equals(Map.of("retirements", "some"))
        && told.rooms.values().stream().allMatch(content -> StoreChild.last(content) == OPERATIONS);
  }

  private static void compare(int room, Content content) {
    int number = content.snapshot() == null ? 0 : StoreChild.number(content.snapshot());
    if (content.snapshot() != null) {
      assertEquals(StoreChild.content(room, number), content.snapshot());
    }
    for (String delta : content.deltas()) {
      number++;
      assertEquals(StoreChild.content(room, number), delta);
    }
  }

  private static Path damage(Path directory, Choices choices) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(file -> file.toFile().length() > 0)
              .sorted()
              .toList();
    }
    Path file = choices.oneOf(files);
    byte[] bytes = Files.readAllBytes(file);
    int place = choices.nextInt(bytes.length);
    switch (choices.between(0, 9)) {
      case 0 -> Files.delete(file);
      case 1 -> Files.write(file, Arrays.copyOf(bytes, place));
      case 2 -> {
        Arrays.fill(bytes, place, Math.min(bytes.length, place + SECTOR), (byte) 0);
        Files.write(file, bytes);
      }
      default -> {
        bytes[place] ^= (byte) (1 << choices.nextInt(8));
        Files.write(file, bytes);
      }
    }
    return file;
  }

  private static Path copy() throws IOException {
    Path copy = Files.createTempDirectory(parent, "damaged");
    try (Stream<Path> all = Files.walk(whole())) {
      for (Path from : all.filter(file -> !file.equals(whole())).toList()) {
        Files.copy(from, copy.resolve(whole().relativize(from)));
      }
    }
    return copy;
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
