package dev.starling.tools;

/** Ends a command that can't do what it was asked for, with a message for whoever asked. */
public final class CommandFailure extends RuntimeException {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final int UNREACHABLE = 3;

  private final int status;

  /** What is wrong, and what to do. */
  public CommandFailure(String message) {
    this(FAILED, message);
  }

  private CommandFailure(int status, String message) {
    super(message);
    this.status = status;
  }

  /** What was asked for can't be meant; said without the whole help. */
  public static CommandFailure wrongUsage(String message) {
    return new CommandFailure(WRONG_USAGE, message);
  }

  /** What the command talks to doesn't answer. */
  public static CommandFailure unreachable(String message) {
    return new CommandFailure(UNREACHABLE, message);
  }

  /** The status that the process ends with. */
  int status() {
    return status;
  }
}
