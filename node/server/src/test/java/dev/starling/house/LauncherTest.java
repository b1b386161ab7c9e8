package dev.starling.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher does without a JVM. */
final class LauncherTest {
  private static final Path LAUNCHER = SourceTree.ofThisBuild().root().resolve("starling");

  @TempDir private Path elsewhere;

  @Test
  void withoutACommandItExplainsItself() throws Exception {
    Run run = run(LAUNCHER);
    assertEquals(0, run.status());
    assertTrue(run.output().startsWith("Usage: ./starling COMMAND"), run.output());
    assertEquals(run, run(LAUNCHER, "--help"));
  }

  @Test
  void unknownCommandIsWrongUsage() throws Exception {
    Run run = run(LAUNCHER, "fly");
    assertEquals(2, run.status());
    assertEquals("starling: unknown command: fly", run.output().lines().findFirst().orElseThrow());
  }

  @Test
  void unknownModuleIsWrongUsage() throws Exception {
    Run run = run(LAUNCHER, "test", "nest");
    assertEquals(2, run.status());
    assertTrue(run.output().contains("no module nest"), run.output());
  }

  @Test
  void itWorksThroughALinkFromAnywhere() throws Exception {
    Path direct = Files.createSymbolicLink(elsewhere.resolve("direct"), LAUNCHER);
    Path indirect = Files.createSymbolicLink(elsewhere.resolve("indirect"), Path.of("direct"));
    assertEquals(run(direct, "test", "nest"), run(indirect, "test", "nest"));
    assertEquals(2, run(indirect, "test", "nest").status());
  }

  private Run run(Path launcher, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", launcher.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(elsewhere.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  private record Run(int status, String output) {}
}
