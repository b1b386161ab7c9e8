package dev.starling.tools.ctl;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HOST:PORT; an IPv6 address is in brackets. */
record Endpoint(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([^\\]]+)]|([^:\\[\\]]+)):([0-9]{1,5})");
  private static final int MOST_PORT = 65_535;

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException where it is none
   */
  static Endpoint of(String text) {
    Matcher parts = FORM.matcher(text);
    int port = parts.matches() ? Integer.parseInt(parts.group(3)) : 0;
    if (port < 1 || port > MOST_PORT) {
      throw new IllegalArgumentException("'" + text + "' is not HOST:PORT");
    }
    return new Endpoint(parts.group(1) == null ? parts.group(2) : parts.group(1), port);
  }

  /** Whether what is sent there stays on this machine. */
  boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
