package dev.starling.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {

  @ParameterizedTest
  @ValueSource(strings = {"rooms", "tokn"})
  void unknownCommandIsWrongUsage(String command) {
    CommandRun run = CommandRun.of(Map.of(), command);
    assertEquals(2, run.status());
    assertTrue(run.err().contains("'" + command + "'"), run::err);
  }

  @Test
  void noCommandIsWrongUsage() {
    assertEquals(2, CommandRun.of(Map.of()).status());
  }

  @Test
  void versionNamesProgramBuildAndJdk() {
    CommandRun run = CommandRun.of(Map.of(), "--version");
    assertEquals(0, run.status());
    String pattern = "Starling \\d\\S*\\Rbuild \\w+\\Rcommitted \\S+\\RJDK \\d\\S*\\R";
    assertTrue(run.out().matches(pattern), run::out);
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "dev", "load", "ctl", "ca", "keygen"})
  void everyCommandExplainsItself(String command) {
    CommandRun run = CommandRun.of(Map.of(), command, "--help");
    assertEquals(0, run.status());
    assertTrue(run.out().startsWith("Usage: starling " + command), run::out);
  }
}
