package dev.starling.server.auth;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Fetches a document of keys over HTTP, bounded in size and time; follows no redirects. */
final class KeyUrl implements AutoCloseable {
  private static final int OK = 200;

  private final HttpClient client;
  private final URI url;
  private final long timeoutMillis;

  /**
   * @param timeoutMillis how long a fetch may take from end to end
   */
  KeyUrl(URI url, long timeoutMillis) {
    this.url = url;
    this.timeoutMillis = timeoutMillis;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofMillis(timeoutMillis))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * Fetches the document; blocks the calling thread for at most the time-out.
   *
   * @throws IOException with a message that quotes nothing of the answer
   */
  String fetch() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("accept", "application/jwk-set+json, application/json")
            .build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), KeySet.MAX_BYTES));
    try {
      // The client's own time-out ends with the head; a body may trickle on after it.
      HttpResponse<byte[]> response = answer.get(timeoutMillis, TimeUnit.MILLISECONDS);
      if (response.statusCode() != OK) {
        throw new IOException("the answer's status is " + response.statusCode());
      }
      return new String(response.body(), StandardCharsets.UTF_8);
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw new IOException("there was no whole answer within " + timeoutMillis + " ms", late);
    } catch (ExecutionException failed) {
      throw new IOException("the request failed (" + reason(failed.getCause()) + ")", failed);
    }
  }

  private static String reason(@Nullable Throwable cause) {
    return cause == null ? "unknown" : cause.getClass().getSimpleName();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
