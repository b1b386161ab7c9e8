package dev.starling.server.admin;

import dev.starling.core.protocol.Code;
import java.util.concurrent.CompletableFuture;

/** Decides about admin tokens; any thread. */
public interface TokenGate {
  /** Completes with what comes of a token; throws for no input. */
  CompletableFuture<Verdict> judge(String token);

  /** What comes of a token. */
  sealed interface Verdict {
    /** Whoever has it may command. */
    record Admitted(String user) implements Verdict {}

    /** It is good for nothing here; the message holds nothing of it. */
    record Refused(Code code, String message) implements Verdict {}
  }
}
