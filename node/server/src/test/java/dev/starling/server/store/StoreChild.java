package dev.starling.server.store;

import dev.starling.property.Choices;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A process that uses a store, to be killed or to have a small disk of its own. What it did it says
 * on standard output, line by line.
 */
final class StoreChild {
  private static final int ROOMS = 8;
  private static final int IN_FLIGHT = 200;
  private static final int MOST_PADDING = 2_000;

  private StoreChild() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path directory = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "write" -> write(directory, Long.parseLong(arguments[2]));
      case "fill" -> fill(directory);
      case "state" -> {
        try (TestStore store = TestStore.open(directory)) {
          say(store.store.status().state() + " " + store.store.status().message());
        }
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** What a room's n-th operation stores: its number, and bytes that follow from it. */
  static String content(int room, int number) {
    int padding = (room * 31 + number * 131) % MOST_PADDING;
    return number + ":" + String.valueOf((char) ('a' + (room + number) % 26)).repeat(padding);
  }

  static int number(String content) {
    return Integer.parseInt(content.substring(0, content.indexOf(':')));
  }

  /** Writes until it is killed, and says of each operation that it is stored. */
  private static void write(Path directory, long seed) throws IOException, InterruptedException {
    RandomGenerator random = new Choices(seed);
    TestStore store =
        new TestStore(StoreConfig.of(directory, TestStore.IDENTITY, StoreSync.PROCESS));
    store.settle();
    int[] numbers = new int[ROOMS];
    store.told.rooms.forEach((name, content) -> numbers[Integer.parseInt(name)] = last(content));
    say("open");
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    while (true) {
      int room = random.nextInt(ROOMS);
      int number = ++numbers[room];
      inFlight.acquire();
      boolean fold = random.nextInt(10) == 0;
      byte[] bytes = Texts.bytes(content(room, number));
      Consumer<WriteOutcome> done =
          outcome -> {
            say(
                room
                    + " "
                    + number
                    + (outcome instanceof WriteOutcome.Written ? "" : " " + outcome));
            inFlight.release();
          };
      if (fold) {
        store.store.fold("" + room, bytes, Runnable::run, done);
      } else {
        store.store.append("" + room, bytes, Runnable::run, done);
      }
    }
  }

  /** The number of a room's last operation, 0 where there is none. */
  static int last(Told.Content content) {
    String last = content.deltas().isEmpty() ? content.snapshot() : content.deltas().getLast();
    return last == null ? 0 : number(last);
  }

  /** Meets a full disk, makes room again, and compares what was stored. */
  private static void fill(Path directory) throws IOException {
    Path filler = directory.resolveSibling("filler");
    int stored = 0;
    try (TestStore store = TestStore.open(directory)) {
      stored += append(store, "early", 100);
      fillUp(filler);
      stored += append(store, "full", 100_000);
      say("full " + store.store.status().state() + " " + store.store.status().message());
      say("refused " + store.append("room", "late"));
      Files.delete(filler);
      store.awaitState(StoreState.READY);
      stored += append(store, "late", 100);
    }
    try (TestStore store = TestStore.open(directory)) {
      int found = store.told.rooms.values().stream().mapToInt(room -> room.deltas().size()).sum();
      say((found >= stored ? "kept all of " : "lost some of ") + (stored > 200 ? "many" : "few"));
      say("set aside " + store.told.setAside);
    }
  }

  /** Appends until that many are stored or one is refused; says how many were stored. */
  private static int append(TestStore store, String rooms, int most) {
    int stored = 0;
    byte[] delta = new byte[60_000];
    do {
      new Choices(stored).nextBytes(delta);
    } while (store.append(rooms + stored, Texts.of(delta)) instanceof WriteOutcome.Written
        && ++stored < most);
    return stored;
  }

  private static void fillUp(Path filler) throws IOException {
    byte[] some = new byte[1 << 16];
    long free = Files.getFileStore(filler.getParent()).getUsableSpace() - (4 << 20);
    try (OutputStream out = Files.newOutputStream(filler)) {
      for (long written = 0; written < free; written += some.length) {
        out.write(some);
      }
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
