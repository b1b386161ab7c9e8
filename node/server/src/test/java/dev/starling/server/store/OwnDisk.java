package dev.starling.server.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real disk, in memory, that only one child process sees, which may do with it what root may. */
public final class OwnDisk {
  /** What a child said, line by line, and how it ended. */
  public record Ended(int exit, List<String> said) {}

  private OwnDisk() {}

  /** The command that runs a program of these tests. */
  public static List<String> program(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Whether this system lets a child have a disk of its own. */
  public static boolean isAllowed(Path directory) throws IOException, InterruptedException {
    return run(List.of("true"), "ro", directory).exit() == 0;
  }

  /**
   * Runs a child and waits for its end.
   *
   * @param options of the mount
   * @param directory where the disk is, for the child
   */
  public static Ended run(List<String> command, String options, Path directory)
      throws IOException, InterruptedException {
    List<String> whole =
        new ArrayList<>(
            List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o \"$1\" tmpfs \"$2\" && shift 2 && exec \"$@\"",
                "sh",
                options,
                directory.toString()));
    whole.addAll(command);
    Process process;
    try {
      process = new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException noUnshare) {
      return new Ended(1, List.of());
    }
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> said = out.lines().toList();
      return new Ended(process.waitFor(), said);
    }
  }
}
