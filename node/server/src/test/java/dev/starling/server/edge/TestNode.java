package dev.starling.server.edge;

import dev.starling.server.config.NodeSettings;
import dev.starling.server.config.SettingSources;
import dev.starling.server.config.SettingsReader;
import dev.starling.server.config.SettingsResult;
import dev.starling.server.log.LogOutput;
import dev.starling.server.wiring.RunningNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.event.Level;

/** A node on a free port of the loopback address. */
public final class TestNode implements AutoCloseable {
  /** Every wait of these tests ends after this time; none of them is about it. */
  public static final int PATIENCE_MILLIS = 10_000;

  private final RunningNode node;

  private TestNode(RunningNode node) {
    this.node = node;
  }

  /** Starts a node with settings of the form {@code KEY=VALUE} above those that suit tests. */
  public static TestNode start(String... settings) throws IOException {
    LogOutput.text(Level.ERROR);
    List<String> assignments =
        new ArrayList<>(
            List.of(
                "client.port=0",
                "auth.secret=" + Token.SECRET,
                "node.name=test-node",
                "node.region=test-region",
                "limits.connectionsPerSecondPerAddress=1000",
                "warmup.enabled=false"));
    assignments.addAll(List.of(settings));
    return new TestNode(RunningNode.start(settings(assignments), Path.of("no-home")));
  }

  private static NodeSettings settings(List<String> assignments) {
    var sources = new SettingSources(null, Map.of(), assignments, "test-host");
    return switch (SettingsReader.read(sources)) {
      case SettingsResult.Accepted accepted -> accepted.settings();
      case SettingsResult.Refused refused ->
          throw new IllegalArgumentException(refused.problems().toString());
    };
  }

  public int port() {
    return node.port();
  }

  public int adminPort() {
    return node.adminPort();
  }

  /** What the node holds for its clients, as far as its loops have told. */
  long heldBytes() {
    return node.heldBytes();
  }

  /** A plain connection whose reads are bounded. */
  public Socket socket() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** The same, for what must not block. */
  SocketChannel channel() throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
    channel.socket().setSoTimeout(PATIENCE_MILLIS);
    return channel;
  }

  @Override
  public void close() {
    node.close();
  }
}
