package dev.starling.tools.dev;

import dev.starling.tools.CommandFailure;
import dev.starling.tools.TokenSecret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts node processes.
 *
 * @param classPath where the server's classes are
 * @param flags flags for the JVM
 * @param environment what the nodes inherit
 * @param secret the token secret, given by the environment since command lines can be seen by
 *     others
 */
record NodeLauncher(
    String classPath, List<String> flags, Map<String, String> environment, String secret) {
  private static final String SERVER = "dev.starling.server.wiring.Main";

  /**
   * Many nodes share a laptop; whoever needs more sets STARLING_JAVA_OPTS, which comes later and so
   * wins.
   */
  private static final List<String> SMALL = List.of("-Xmx128m", "-XX:+UseSerialGC");

  /** A launcher for what the system properties say, which the launching script sets. */
  static NodeLauncher forThisProcess(Map<String, String> environment, String secret) {
    String classPath = System.getProperty("starling.server.classpath", "");
    if (classPath.isEmpty()) {
      throw new CommandFailure("dev is run by the launcher: ./starling dev");
    }
    List<String> flags = new ArrayList<>(words(System.getProperty("starling.node.flags", "")));
    flags.addAll(SMALL);
    flags.addAll(words(environment.getOrDefault("STARLING_JAVA_OPTS", "")));
    return new NodeLauncher(classPath, List.copyOf(flags), environment, secret);
  }

  NodeProcess start(NodePlan plan) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, SERVER));
    command.addAll(plan.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(plan.log().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put(TokenSecret.VARIABLE, secret);
    try {
      return new NodeProcess(plan, builder.start());
    } catch (IOException broken) {
      throw new CommandFailure("the node " + plan.name() + " can't be started: " + broken);
    }
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+")).stream().filter(word -> !word.isEmpty()).toList();
  }

  @Override
  public String toString() {
    return "NodeLauncher[classPath=" + classPath + ", flags=" + flags + "]";
  }
}
