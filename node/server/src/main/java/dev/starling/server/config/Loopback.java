package dev.starling.server.config;

import java.net.InetAddress;

/** Tells which hosts only this machine can reach, without asking a name server. */
final class Loopback {
  private Loopback() {}

  static boolean is(String host) {
    if (host.equals("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException aName) {
      return false;
    }
  }
}
