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

/** A cache of what a start needs makes it faster and is never needed. */
final class StartCacheTest {
  private static final String NAME = "AOT_FLAGS=\"";

  @TempDir private Path folder;

  @Test
  void brokenCacheIsSilentlyDoneWithout() throws Exception {
    Path cache = Files.writeString(folder.resolve("broken.aot"), "no cache at all");
    assertStarts(cache);
  }

  @Test
  void cacheOfSomethingElseIsSilentlyDoneWithout() throws Exception {
    Path cache = folder.resolve("other.aot");
    java(List.of("-XX:AOTCacheOutput=" + cache, "--version"));
    assertTrue(Files.size(cache) > 0);
    assertStarts(cache);
  }

  private void assertStarts(Path cache) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(launcherFlags());
    arguments.add("-XX:AOTCache=" + cache);
    arguments.addAll(List.of("--sun-misc-unsafe-memory-access=allow"));
    arguments.add("--enable-native-access=ALL-UNNAMED");
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    arguments.add("dev.starling.server.wiring.Main");
    arguments.add("--until-ready");
    arguments.addAll(List.of("--set", "client.port=0", "--set", "warmup.enabled=false"));
    arguments.addAll(List.of("--set", "auth.secret=a-secret-that-only-this-test-knows-of"));
    String output = java(arguments);
    assertTrue(output.contains("takes clients"), output);
    assertEquals(List.of(), output.lines().filter(line -> line.startsWith("[")).toList());
  }

  /** As the launcher has them. */
  private static List<String> launcherFlags() throws IOException {
    Path launcher = SourceTree.ofThisBuild().root().resolve("starling");
    String line =
        Files.readAllLines(launcher).stream()
            .filter(each -> each.startsWith(NAME))
            .findFirst()
            .orElseThrow();
    return List.of(line.substring(NAME.length(), line.length() - 1).split(" ", -1));
  }

  private static String java(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}
