package dev.starling.tools.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;

/**
 * A program that is started like a node and gets ready like one, compiled where the test wants it.
 */
final class StandInNode {
  private static final String SOURCE =
      """
      package dev.starling.server.wiring;

      public class Main {
        public static void main(String[] arguments) throws Exception {
          System.out.println("told: " + String.join(" ", arguments));
          switch (System.getenv("STAND_IN")) {
            case "fails" -> {
              System.err.println("no luck today");
              System.exit(7);
            }
            case "serves" -> serve(arguments);
            default -> {}
          }
          while (System.in.read() >= 0) {}
          System.exit(0);
        }

        static void serve(String[] arguments) throws Exception {
          String host = "";
          int port = 0;
          for (String argument : arguments) {
            if (argument.startsWith("client.host=")) {
              host = argument.substring("client.host=".length());
            }
            if (argument.startsWith("client.port=")) {
              port = Integer.parseInt(argument.substring("client.port=".length()));
            }
          }
          var server = com.sun.net.httpserver.HttpServer.create(
              new java.net.InetSocketAddress(host, port), 0);
          server.createContext("/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
          server.start();
        }
      }
      """;

  private StandInNode() {}

  /** The class path to start it from, made below a folder. */
  static String compile(Path below) throws IOException {
    Path folder = Files.createDirectories(below.resolve("stand-in"));
    Path source = Files.writeString(folder.resolve("Main.java"), SOURCE);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", folder.toString(), source.toString());
    assertEquals(0, status);
    return folder.toString();
  }

  /** A port that nobody listens on. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A base port of which a small cluster finds all its ports free; below those of clients. */
  static int freeBasePort() {
    while (true) {
      int base = ThreadLocalRandom.current().nextInt(10_000, 30_000);
      if (IntStream.of(0, 1, 2, 3).allMatch(node -> isFree(base + node))
          && IntStream.of(0, 1, 2, 3).allMatch(node -> isFree(base + 100 + node))
          && IntStream.of(0, 1, 2, 3).allMatch(node -> isFree(base + 200 + node))) {
        return base;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
