package dev.starling.core.world;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Failed;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was delivered to whom, and what senders were told of it. A signal's text is its sender's
 * session and its id.
 */
final class Ledger {
  /** A member that is gone for good may have taken in what it never confirmed. */
  private static final Set<Code> NEVER_DELIVERED =
      Set.of(Code.UNREACHABLE, Code.BUSY, Code.NOT_IN_ROOM);

  private final TreeMap<String, Long> lastIdByPair = new TreeMap<>();
  private final TreeSet<String> delivered = new TreeSet<>();
  private final TreeSet<String> done = new TreeSet<>();
  private final TreeSet<String> refused = new TreeSet<>();

  /** A client was handed a signal: never one twice, never one before an older one of the pair. */
  void delivered(String receiver, String text) {
    int space = text.indexOf(' ');
    String pair = text.substring(0, space) + ">" + receiver;
    long id = Long.parseLong(text.substring(space + 1));
    Long last = lastIdByPair.put(pair, id);
    if (last != null && last >= id) {
      throw new AssertionError(pair + ": " + id + " came after " + last);
    }
    delivered.add(text + ">" + receiver);
  }

  void answered(String receiver, String text, ServerMessage answer) {
    String signal = text + ">" + receiver;
    if (answer instanceof ServerMessage.Done) {
      done.add(signal);
    } else if (answer instanceof Failed failed && NEVER_DELIVERED.contains(failed.code())) {
      refused.add(signal);
    }
  }

  /** What was done was delivered, and what was refused for good was not. */
  void check() {
    for (String signal : done) {
      if (!delivered.contains(signal)) {
        throw new AssertionError("done but not delivered: " + signal);
      }
    }
    for (String signal : refused) {
      if (delivered.contains(signal)) {
        throw new AssertionError("refused but delivered: " + signal);
      }
    }
  }

  int deliveredCount() {
    return delivered.size();
  }
}
