package dev.starling.tools;

/** Ends a command that can't do what it was asked for, with a message for whoever asked. */
public final class CommandFailure extends RuntimeException {
  private static final int FAILED = 1;

  /** What is wrong, and what to do. */
  public CommandFailure(String message) {
    super(message);
  }

  /** The status that the process ends with. */
  int status() {
    return FAILED;
  }
}
