package dev.starling.tools.load;

import dev.starling.tools.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link FloorRelay} in a process of its own, with the flags of a node. */
final class FloorProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private FloorProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it and waits until it listens; it ends with this process. */
  static FloorProcess start() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : System.getProperty("starling.node.flags", "").split(" ", -1)) {
      if (!flag.isEmpty()) {
        command.add(flag);
      }
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), FloorRelay.class.getName()));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      BufferedReader out = process.inputReader();
      String port = out.readLine();
      if (port == null) {
        throw new CommandFailure("the bare relay doesn't start");
      }
      return new FloorProcess(process, Integer.parseInt(port));
    } catch (IOException broken) {
      throw new CommandFailure("the bare relay can't be started: " + broken);
    }
  }

  Target target(LoadPlan plan) {
    return target(port, plan);
  }

  /** What listens at a port of this machine. */
  static Target target(int port, LoadPlan plan) {
    return new Target(
        List.of(URI.create("ws://127.0.0.1:" + port + "/")),
        true,
        List.of(() -> new FloorWire(!plan.isBroadcast())),
        null);
  }

  ServerProbe probe() {
    return ServerProbe.of(List.of(process.pid()));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
