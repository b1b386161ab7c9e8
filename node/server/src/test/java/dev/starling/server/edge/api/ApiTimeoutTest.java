package dev.starling.server.edge.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.crdt.Bytes;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What a caller is told whose request wasn't answered in time, or wasn't begun. */
final class ApiTimeoutTest {
  private final ApiDocument document = ApiDocument.read();

  @Test
  void changeThatWasNotAnsweredInTimeMayHaveBeenDone() throws IOException {
    CompletableFuture<ApiAnswer> change = new CompletableFuture<>();
    CompletableFuture<ApiAnswer> question = new CompletableFuture<>();
    var changed = HttpApi.within(change, 1, true);
    var asked = HttpApi.within(question, 1, false);
    assertAnswer(504, "INDETERMINATE", changed.join());
    assertAnswer(503, "BUSY", asked.join());
  }

  @Test
  void changeThatWasNotBegunMayBeRepeated() throws IOException {
    var full = CompletableFuture.<ApiAnswer>failedFuture(new RejectedExecutionException());
    assertAnswer(503, "BUSY", HttpApi.within(full, 1, true).join());
  }

  @Test
  void faultIsNoDetailForTheCaller() throws IOException {
    var fault = CompletableFuture.<ApiAnswer>failedFuture(new IllegalStateException("secret"));
    ApiAnswer answer = HttpApi.within(fault, 1, true).join();
    assertAnswer(500, "INTERNAL", answer);
    assertEquals(-1, text(answer.body()).indexOf("secret"));
  }

  private void assertAnswer(int status, String code, ApiAnswer answer) throws IOException {
    assertEquals(status, answer.status());
    var body = ApiDocument.JSON.readTree(text(answer.body()));
    assertEquals(code, body.path("code").textValue());
    assertTrue(document.admits("Error", body), body::toString);
  }

  private static String text(Bytes bytes) {
    return bytes.text();
  }
}
