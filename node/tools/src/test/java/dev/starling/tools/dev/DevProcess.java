package dev.starling.tools.dev;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.tools.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command {@code dev} in a process of its own, with stand-ins for nodes. */
final class DevProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final Path errors;

  private DevProcess(Process process, Path errors) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.errors = errors;
  }

  /**
   * @param folder for its state, and for the stand-in
   * @param standIn how the stand-in behaves
   */
  static DevProcess start(Path folder, String standIn, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add("-Dstarling.server.classpath=" + StandInNode.compile(folder));
    command.addAll(List.of(Main.class.getName(), "dev"));
    command.addAll(List.of(arguments));
    Path errors = folder.resolve("errors");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().put("STARLING_HOME", folder.toString());
    builder.environment().put("STAND_IN", standIn);
    builder.environment().remove("STARLING_AUTH_SECRET");
    return new DevProcess(builder.start(), errors);
  }

  String firstLine() throws IOException {
    String line = out.readLine();
    return line == null ? "ended early: " + errors() : line;
  }

  String rest() throws IOException {
    return out.readAllAsString();
  }

  String errors() throws IOException {
    return Files.readString(errors);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  int awaitStatus() throws InterruptedException {
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
