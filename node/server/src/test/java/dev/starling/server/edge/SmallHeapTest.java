package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A process with a heap of 64 MiB survives what would fill it several times, and goes on serving.
 */
final class SmallHeapTest {
  private static final Pattern PORT = Pattern.compile("takes clients at 127\\.0\\.0\\.1:(\\d+)");
  private static final String TALK = "x".repeat(8000);
  private static final String SDP = "x".repeat(60_000);
  private static final int ROOMS_OF_A_SESSION = 16;

  @Test
  void chatsSlowReadersAndLargeSignalsDoNotFillTheHeap() throws IOException {
    List<NativeClient> crowd = new ArrayList<>();
    Process process = start();
    try {
      int port = port(process);
      NativeClient ada = client(port, "ada", crowd);
      NativeClient ben = client(port, "ben", crowd);
      ada.join("calm");
      ben.join("calm");
      ada.next("member");
      for (int round = 0; round < 4; round++) {
        talk(client(port, "talker-" + round, crowd), round);
        signal(ada, ben);
      }
      NativeClient eve = client(port, "eve", crowd);
      eve.join("heap");
      for (int round = 0; round < 60; round++) {
        pile(eve, client(port, "slow-" + round, crowd));
        signal(ada, ben);
      }
      assertTrue(process.isAlive());
    } finally {
      for (NativeClient client : crowd) {
        client.close();
      }
      process.destroyForcibly();
    }
  }

  /** 16 rooms of a megabyte each, as far as they are taken. */
  private static void talk(NativeClient talker, int round) throws IOException {
    for (int room = 0; room < ROOMS_OF_A_SESSION; room++) {
      String name = "r" + round + "-" + room;
      talker.join(name);
      Message answer = talker.answer("'type':'chat','room':'" + name + "','data':'" + TALK + "'");
      for (int i = 0; i < 120 && answer.text("type").equals("done"); i++) {
        answer = talker.answer("'type':'chat','room':'" + name + "','data':'" + TALK + "'");
      }
    }
  }

  /** A megabyte for somebody who doesn't read. */
  private static void pile(NativeClient eve, NativeClient slow) throws IOException {
    if (!slow.join("heap").text("type").equals("joined")) {
      return;
    }
    long last = 0;
    for (int i = 0; i < 16; i++) {
      last =
          eve.ask(
              "'type':'signal','room':'heap','to':'" + slow.session() + "','data':'" + SDP + "'");
    }
    assertTrue(last > 0);
    eve.say("{'type':'ping'}");
    while (!eve.next().text("type").equals("pong")) {
      // Who came, who went, and what was refused.
    }
  }

  private static void signal(NativeClient ada, NativeClient ben) throws IOException {
    long id = ada.ask("'type':'signal','room':'calm','to':'" + ben.session() + "','data':1");
    ben.next("signal");
    ben.confirm();
    assertEquals("done", ada.answerTo(id).text("type"));
  }

  private static NativeClient client(int port, String user, List<NativeClient> all)
      throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TestNode.PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    NativeClient client = NativeClient.over(socket);
    all.add(client);
    client.hello(Token.of(user).text());
    return client;
  }

  private static Process start() throws IOException {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+ExitOnOutOfMemoryError",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classes,
                "dev.starling.server.wiring.Main",
                "--parent-pipe"));
    for (String setting :
        List.of(
            "client.port=0",
            "auth.secret=" + Token.SECRET,
            "warmup.enabled=false",
            "limits.connectionsPerSecondPerAddress=1000",
            "limits.bytesPerSecond=100000000",
            "limits.messagesPerSecond=100000",
            "limits.messageBurst=100000")) {
      command.add("--set");
      command.add(setting);
    }
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Reads what it logs up to its port; the rest is read away by a thread of its own. */
  private static int port(Process process) throws IOException {
    BufferedReader log =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      Matcher matcher = PORT.matcher(line);
      if (matcher.find()) {
        Thread.ofVirtual().start(() -> log.lines().forEach(ignored -> {}));
        return Integer.parseInt(matcher.group(1));
      }
    }
    throw new IOException("the process ended without saying where it listens");
  }
}
