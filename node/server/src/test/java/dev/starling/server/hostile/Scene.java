package dev.starling.server.hostile;

import dev.starling.server.edge.Certificates;
import dev.starling.server.edge.NativeClient;
import dev.starling.server.edge.TestNode;
import dev.starling.server.edge.Token;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Where a class of inputs is tried.
 *
 * @param certificates null where the node speaks plain text
 */
record Scene(TestNode node, @Nullable Certificates certificates) implements AutoCloseable {

  /** A connection as an honest client opens it. */
  Socket connect() throws IOException {
    return certificates == null ? node.socket() : secure(node.socket(), certificates, "TLSv1.3");
  }

  /** TLS over a connection. */
  SSLSocket secure(Socket plain, Certificates trusted, String protocol) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            trusted
                .trusting()
                .getSocketFactory()
                .createSocket(plain, "localhost", node.port(), true);
    secured.setEnabledProtocols(new String[] {protocol});
    return secured;
  }

  /** An honest member of a room. */
  NativeClient member(String room, String user) throws IOException {
    NativeClient client = NativeClient.over(connect());
    client.hello(Token.of(user).text());
    client.join(room);
    return client;
  }

  @Override
  public void close() {
    node.close();
  }
}
