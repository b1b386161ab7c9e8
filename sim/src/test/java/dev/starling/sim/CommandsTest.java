package dev.starling.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.sim.fork.Fork;
import dev.starling.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  @Test
  void sameSeedGivesTheSameTraceInAnotherProcess() throws IOException, InterruptedException {
    for (Scenario scenario : Scenarios.all()) {
      Fork fork = sim("replay", scenario.name(), "--seed", "7");
      assertEquals(scenario.prepare(7).run().trace(), fork.lines().getLast());
      assertEquals(0, fork.status());
    }
  }

  @Test
  void runLeavesARowForEachSeed(@TempDir Path folder) throws IOException {
    assertEquals(0, here("run", "storm", "--seeds", "5..7", "--out", folder.toString()));
    List<String> rows = Files.readAllLines(folder.resolve("runs.csv"));
    assertEquals(
        List.of("seed", "5", "6", "7"),
        rows.stream().map(r -> r.substring(0, r.indexOf(','))).toList());
    String summary = Files.readString(folder.resolve("summary.json"));
    assertEquals(0, summary.indexOf("{\"scenario\":\"storm\",\"seeds\":3,\"failed\":[]"), summary);
  }

  @Test
  void wrongUsageIsStatusTwo() {
    assertEquals(2, here("run", "nothing-of-that-name"));
    assertEquals(2, here("run", "storm", "--seeds", "9..1"));
    assertEquals(2, here("validate", "V99"));
  }

  private static Fork sim(String... arguments) throws IOException, InterruptedException {
    return Fork.run(List.of(), Main.class.getName(), arguments);
  }

  private static int here(String... arguments) {
    return Main.commands().execute(arguments);
  }
}
