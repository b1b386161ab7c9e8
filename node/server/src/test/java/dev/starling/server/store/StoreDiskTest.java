package dev.starling.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full or read-only: real ones, in memory, that only a child process sees. */
final class StoreDiskTest {
  @TempDir Path directory;

  @Test
  void fullDiskRefusesWritesAndTheStoreGoesOnOnceThereIsSpace()
      throws IOException, InterruptedException {
    List<String> said = onDisk("size=96m", "fill");
    assertEquals(4, said.size(), said.toString());
    assertTrue(said.get(0).startsWith("full FULL The disk of "), said.toString());
    assertTrue(said.get(0).endsWith("then goes on by itself."), said.toString());
    assertTrue(said.get(1).startsWith("refused Refused[reason=UNAVAILABLE"), said.toString());
    assertEquals(List.of("kept all of many", "set aside []"), said.subList(2, 4));
  }

  @Test
  void readOnlyDiskIsAStateAndNotACrash() throws IOException, InterruptedException {
    List<String> said = onDisk("ro", "state");
    assertEquals(1, said.size(), said.toString());
    assertTrue(said.getFirst().startsWith("READ_ONLY The directory "), said.toString());
    assertTrue(said.getFirst().contains("mount it writable"), said.toString());
  }

  /** Runs a child where the directory is a file system of its own; its lines. */
  private List<String> onDisk(String options, String what)
      throws IOException, InterruptedException {
    assumeTrue(OwnDisk.isAllowed(directory), "this system allows no own mounts");
    String store = "ro".equals(options) ? directory.toString() : directory + "/store";
    OwnDisk.Ended ended =
        OwnDisk.run(OwnDisk.program(StoreChild.class, what, store), options, directory);
    assertEquals(0, ended.exit(), ended.said().toString());
    return ended.said();
  }
}
