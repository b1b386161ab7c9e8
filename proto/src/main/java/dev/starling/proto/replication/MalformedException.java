package dev.starling.proto.replication;

import java.io.Serial;

/** A message breaks a rule; never leaves this package. */
final class MalformedException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  MalformedException(String rule) {
    super(rule, null, false, false);
  }
}
