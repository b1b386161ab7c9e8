package dev.starling.tools.ca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.tools.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeygenCommandTest {
  @TempDir Path folder = Path.of("");

  private static CommandRun keygen(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "keygen";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return CommandRun.of(Map.of(), all);
  }

  private static List<String> names(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(line -> line.replaceAll("=.*", "")).toList();
  }

  @Test
  void everySecretIsAnotherOneOf256Bits() {
    String first = keygen().out().strip();
    assertTrue(first.matches("[A-Za-z0-9_-]{43}"), first);
    assertNotEquals(first, keygen().out().strip());
    assertTrue(keygen("--name=2026a").out().matches("2026a=[A-Za-z0-9_-]{43}\\R"));
    assertEquals(2, keygen("--name=a=b").status());
  }

  @Test
  void keyIsChangedInThreeSteps() throws IOException {
    Path file = folder.resolve("ring.keys");
    assertEquals("2026-03-01", keygen("add", file.toString()).out().strip());
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
    assertEquals("2026-03-01-2", keygen("add", file.toString()).out().strip());
    assertEquals(List.of("2026-03-01", "2026-03-01-2"), names(file));
    assertEquals(0, keygen("activate", file.toString(), "2026-03-01-2").status());
    assertEquals(List.of("2026-03-01-2", "2026-03-01"), names(file));
    assertEquals(0, keygen("retire", file.toString(), "2026-03-01").status());
    assertEquals(List.of("2026-03-01-2"), names(file));
  }

  @Test
  void remarksAreKeptAndSecretsAreNotShown() throws IOException {
    Path file = folder.resolve("ring.keys");
    Files.writeString(file, "# of the north\na=" + "s".repeat(32) + "\n");
    keygen("add", "--name=b", file.toString());
    keygen("activate", file.toString(), "b");
    assertEquals(List.of("# of the north", "b", "a"), names(file));
    CommandRun shown = keygen("show", file.toString());
    assertEquals("NAME  DOES\nb     seals and opens\na     opens\n", shown.out());
  }

  @Test
  void theKeyThatSealsIsNotTakenOut() throws IOException {
    Path file = folder.resolve("ring.keys");
    keygen("add", "--name=a", file.toString());
    CommandRun refused = keygen("retire", file.toString(), "a");
    assertEquals(1, refused.status());
    assertTrue(refused.err().contains("activate another key first"), refused.err());
    assertEquals(List.of("a"), names(file));
  }

  @Test
  void whatCannotBeDoneIsSaidAndChangesNothing() throws IOException {
    Path file = folder.resolve("ring.keys");
    for (int i = 0; i < KeyFile.MOST; i++) {
      assertEquals(0, keygen("add", "--name=k" + i, file.toString()).status());
    }
    String before = Files.readString(file);
    assertTrue(keygen("add", file.toString()).err().contains("retire one first"));
    assertTrue(keygen("activate", file.toString(), "none").err().contains("has no key none"));
    Path absent = folder.resolve("absent");
    assertEquals(1, keygen("retire", absent.toString(), "k1").status());
    assertFalse(Files.exists(absent));
    assertEquals(before, Files.readString(file));
  }
}
