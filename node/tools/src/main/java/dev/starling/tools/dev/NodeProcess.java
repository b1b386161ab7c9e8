package dev.starling.tools.dev;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A node that was started. Its standard input is a pipe that stays open for as long as this process
 * lives.
 */
final class NodeProcess {
  private static final int TAIL_BYTES = 8192;
  private static final int TAIL_LINES = 20;

  private final NodePlan plan;
  private final Process process;

  NodeProcess(NodePlan plan, Process process) {
    this.plan = plan;
    this.process = process;
  }

  NodePlan plan() {
    return plan;
  }

  long pid() {
    return process.pid();
  }

  /** Completes with this node when its process has ended. */
  CompletableFuture<NodeProcess> ended() {
    return process.onExit().thenApply(gone -> this);
  }

  /** Waits for the process's end; whether it came in time. */
  boolean endedWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Asks the node to end. */
  void askToEnd() {
    process.destroy();
  }

  /** Waits for the node's end, and kills it when that takes too long. */
  void endWithin(Duration time) {
    try {
      if (!endedWithin(time)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException hurry) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** How it ended in a line; only for a process that has ended. */
  String end() {
    return "the node " + plan.name() + " ended with status " + process.exitValue();
  }

  /** How it ended, with the end of its log; only for a process that has ended. */
  String obituary() {
    return end() + "; the end of its log " + plan.log() + ":\n" + tail();
  }

  /** The last lines that the node wrote. */
  String tail() {
    try (RandomAccessFile log = new RandomAccessFile(plan.log().toFile(), "r")) {
      log.seek(Math.max(0, log.length() - TAIL_BYTES));
      byte[] end = new byte[(int) (log.length() - log.getFilePointer())];
      log.readFully(end);
      List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException unreadable) {
      return "(unreadable: " + unreadable + ")";
    }
  }
}
