package dev.starling.server.edge;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Reads the addresses that proxies put into a request's header, from the client's on. */
final class ForwardedFor {
  /** More proxies than anybody has in a row. */
  private static final int MOST = 32;

  private ForwardedFor() {}

  /**
   * {@code Forwarded: for=192.0.2.1;proto=https, for="[2001:db8::1]:4711"} (RFC 7239).
   *
   * @throws IllegalArgumentException where an element has no address
   */
  static List<InetAddress> standard(List<String> lines) {
    List<InetAddress> chain = new ArrayList<>();
    for (String element : elements(lines)) {
      chain.add(addressOf(forOf(element)));
    }
    return chain;
  }

  /**
   * {@code X-Forwarded-For: 192.0.2.1, 2001:db8::1}.
   *
   * @throws IllegalArgumentException where an element is no address
   */
  static List<InetAddress> conventional(List<String> lines) {
    List<InetAddress> chain = new ArrayList<>();
    for (String element : elements(lines)) {
      chain.add(addressOf(element));
    }
    return chain;
  }

  private static List<String> elements(List<String> lines) {
    List<String> elements = new ArrayList<>();
    for (String line : lines) {
      for (String element : line.split(",", -1)) {
        elements.add(element.strip());
      }
    }
    if (elements.size() > MOST) {
      throw new IllegalArgumentException("more than " + MOST + " addresses");
    }
    return elements;
  }

  private static String forOf(String element) {
    for (String pair : element.split(";", -1)) {
      String[] parts = pair.strip().split("=", 2);
      if (parts.length == 2 && parts[0].equalsIgnoreCase("for")) {
        return parts[1].replace("\"", "");
      }
    }
    throw new IllegalArgumentException("no for= in an element");
  }

  /** An address with or without a port; one of IPv6 is in brackets where it has one. */
  private static InetAddress addressOf(String text) {
    int bracket = text.indexOf(']');
    int colon = text.indexOf(':');
    if (text.startsWith("[") && bracket > 0) {
      return literal(text.substring(1, bracket));
    }
    boolean hasPort = colon > 0 && colon == text.lastIndexOf(':');
    return literal(hasPort ? text.substring(0, colon) : text);
  }

  /** Unlike the JDK's, this takes no address with fewer parts than it has. */
  private static InetAddress literal(String text) {
    InetAddress address = NetUtil.createInetAddressFromIpAddressString(text);
    if (address == null) {
      throw new IllegalArgumentException("not an address");
    }
    return address;
  }
}
