package dev.starling.membership.swim;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import java.util.List;

/**
 * Upper bounds of encoded sizes, so that a datagram is filled without encoding twice. The codec's
 * tests hold it to them.
 */
public final class Sizes {
  /** Tag and length of anything nested, and a number with its tag, at most. */
  private static final int FRAMING = 4;

  private static final int NUMBER = 11;

  private static final int NODE = 2 * FRAMING + NUMBER;

  private static final int INFO = 12 * FRAMING;

  private static final int FACT = FRAMING + 3 * NUMBER;

  /** What a packet needs beside its facts, at most: group, sender and message. */
  public static final int PACKET =
      2 * FRAMING + NodeInfo.MAX_PLACE + 2 * (NODE + NodeId.MAX_NAME) + 2 * NUMBER;

  /** The largest fact. */
  public static final int LARGEST_FACT =
      FACT
          + 2 * (NODE + NodeId.MAX_NAME)
          + INFO
          + 2 * (Endpoint.MAX_HOST + NodeInfo.MAX_PLACE)
          + NodeInfo.MAX_URLS * FRAMING
          + NodeInfo.MAX_URL_CHARACTERS
          + NodeInfo.MAX_UNREACHABLE * FRAMING
          + NodeInfo.MAX_UNREACHABLE_CHARACTERS;

  /** A datagram with room for any one fact. */
  public static final int LEAST_DATAGRAM = PACKET + LARGEST_FACT;

  private Sizes() {}

  /** How many bytes a fact takes at most in a packet. */
  public static int of(Fact fact) {
    int size = FACT + of(fact.node());
    if (fact.by() != null) {
      size += of(fact.by());
    }
    NodeInfo info = fact.info();
    return info == null ? size : size + of(info);
  }

  private static int of(NodeId node) {
    return NODE + node.name().length();
  }

  private static int of(NodeInfo info) {
    int size = INFO + info.region().length() + info.zone().length();
    size += info.datagrams().host().length() + info.streams().host().length();
    return size + of(info.urls()) + of(info.unreachable());
  }

  private static int of(List<String> texts) {
    int size = 0;
    for (String text : texts) {
      size += FRAMING + text.length();
    }
    return size;
  }
}
