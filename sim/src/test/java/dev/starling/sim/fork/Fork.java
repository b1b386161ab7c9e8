package dev.starling.sim.fork;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another Java process, run to its end.
 *
 * @param status its exit status
 * @param lines what it printed, errors included
 */
public record Fork(int status, List<String> lines) {
  /**
   * Runs a class on this test's class path.
   *
   * @param first folders that go before it
   */
  public static Fork run(List<Path> first, String mainClass, String... arguments)
      throws IOException, InterruptedException {
    List<String> path = new ArrayList<>();
    first.forEach(folder -> path.add(folder.toString()));
    path.add(System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-XX:+UseSerialGC");
    command.add("-cp");
    command.add(String.join(File.pathSeparator, path));
    command.add(mainClass);
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new Fork(process.waitFor(), printed.lines().toList());
  }
}
