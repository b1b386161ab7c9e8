package dev.starling.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.property.Choices;
import dev.starling.server.store.Told.Content;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process is killed at random moments, again and again over the same directory. */
final class StoreKillTest {
  private static final int KILLS = Integer.getInteger("starling.store.kills", 8);

  @TempDir Path directory;

  @Test
  void killedProcessLosesNothingThatWasStoredAndLeavesNothingHalf()
      throws IOException, InterruptedException {
    long seed = Long.getLong("starling.seed", 1);
    Choices choices = new Choices(seed);
    Map<Integer, Integer> stored = new TreeMap<>();
    int operations = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> said = killAfter(choices.between(0, 4_000), choices.nextLong());
      assertEquals("open", said.getFirst(), () -> "seed " + seed);
      said.stream().skip(1).forEach(line -> note(line, stored));
      operations += said.size() - 1;
      compare(stored, "seed " + seed + ", kill " + kill);
    }
    assertTrue(operations > 0);
  }

  /** The complete lines that the child said until its death. */
  private List<String> killAfter(int lines, long seed) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                OwnDisk.program(
                    StoreChild.class, "write", directory.resolve("store").toString(), "" + seed))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = child.inputReader()) {
      List<String> said = new ArrayList<>();
      while (said.size() <= lines) {
        said.add(String.valueOf(out.readLine()));
      }
      // The process's own method would close its output too, and with it what it had said.
      child.toHandle().destroyForcibly();
      StringBuilder rest = new StringBuilder();
      for (int next = out.read(); next >= 0; next = out.read()) {
        rest.append((char) next);
      }
      rest.substring(0, rest.lastIndexOf("\n") + 1).lines().forEach(said::add);
      assertEquals(128 + 9, child.waitFor());
      return said;
    } finally {
      child.destroyForcibly();
    }
  }

  private static void note(String line, Map<Integer, Integer> stored) {
    String[] words = line.split(" ", -1);
    assertEquals(2, words.length, line);
    stored.merge(Integer.valueOf(words[0]), Integer.valueOf(words[1]), Math::max);
  }

  private void compare(Map<Integer, Integer> stored, String when) {
    try (TestStore store = TestStore.open(directory.resolve("store"))) {
      assertEquals(List.of(), store.told.setAside, when);
      stored.forEach((room, number) -> {
        Content content = store.told.content("" + room);
        assertTrue(StoreChild.last(content) >= number, when);
      });
      store.told.rooms.forEach((room, content) -> compare(Integer.parseInt(room), content, when));
    }
  }

  /** Nothing is half or missing in between. */
  private static void compare(int room, Content content, String when) {
    String snapshot = content.snapshot();
    int number = 0;
    if (snapshot != null) {
      number = StoreChild.number(snapshot);
      assertEquals(StoreChild.content(room, number), snapshot, when);
    }
    for (String delta : content.deltas()) {
      number++;
      assertEquals(StoreChild.content(room, number), delta, when);
    }
  }
}
