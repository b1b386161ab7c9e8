package dev.starling.server.auth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves a document over HTTP, well or badly. */
final class KeyServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile Answer answer;

  /** What is done with a request. */
  interface Answer {
    void give(HttpExchange exchange) throws IOException;
  }

  KeyServer(Answer answer) throws IOException {
    this.answer = answer;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/keys",
        exchange -> {
          requests.incrementAndGet();
          try (exchange) {
            this.answer.give(exchange);
          }
        });
    server.start();
  }

  static Answer document(String text) {
    return status(200, text);
  }

  static Answer status(int status, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    return exchange -> {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    };
  }

  /** A body that begins and doesn't end while the server lives. */
  Answer endless() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      OutputStream body = exchange.getResponseBody();
      body.write('{');
      body.flush();
      try {
        end.await();
      } catch (InterruptedException ending) {
        Thread.currentThread().interrupt();
      }
    };
  }

  void answers(Answer next) {
    answer = next;
  }

  int requests() {
    return requests.get();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
