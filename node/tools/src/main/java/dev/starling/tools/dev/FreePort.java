package dev.starling.tools.dev;

import dev.starling.tools.CommandFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Checks a port before a node is started on it: another program's answer there would pass for the
 * node's.
 */
final class FreePort {
  private FreePort() {}

  static void check(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      InetSocketAddress address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        throw new CommandFailure("the host " + host + " has no address");
      }
      socket.bind(address);
    } catch (IOException taken) {
      throw new CommandFailure(
          "port "
              + port
              + " on "
              + host
              + " can't be used ("
              + taken.getMessage()
              + "); choose another with --base-port");
    }
  }
}
