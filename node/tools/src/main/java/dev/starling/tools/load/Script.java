package dev.starling.tools.load;

import java.nio.charset.StandardCharsets;

/**
 * What two peers say to each other while they set up a call, over and over: an offer of 2.5 KiB, an
 * answer of 2 KiB, fifteen candidates by turns. Bytes are the rest of a JSON object after its first
 * fields.
 */
final class Script {
  /** Steps of one negotiation. */
  static final int STEPS = 17;

  static final int OFFER_BYTES = 2560;

  private static final int ANSWER_BYTES = 2048;

  private static final byte[] OFFER = description("offer", OFFER_BYTES);
  private static final byte[] ANSWER = description("answer", ANSWER_BYTES);
  private static final byte[] CANDIDATE =
      ascii(
          "\"candidate\":{\"candidate\":\"candidate:842163049 1 udp 1677729535 203.0.113.5 46154"
              + " typ srflx raddr 10.0.0.17 rport 46154 generation 0 ufrag EEtu network-cost 999\","
              + "\"sdpMid\":\"0\",\"sdpMLineIndex\":0}}");
  private static final byte[] WORDS = ascii("\"text\":\"Can everybody see the second slide?\"}");

  private Script() {}

  /** Whether the pair's first client says this step; else the second does. */
  static boolean isFirstToSpeak(int step) {
    return step % 2 == 0;
  }

  /** What a message carries beside its sender, sequence and time. */
  static byte[] payload(Kind kind, int step) {
    if (kind != Kind.SIGNAL) {
      return WORDS;
    }
    return switch (step) {
      case 0 -> OFFER;
      case 1 -> ANSWER;
      default -> CANDIDATE;
    };
  }

  private static byte[] description(String type, int bytes) {
    StringBuilder sdp = new StringBuilder(bytes + 128);
    sdp.append("\"description\":{\"type\":\"").append(type).append("\",\"sdp\":\"v=0\\r\\n");
    sdp.append("o=- 4611731400430051336 2 IN IP4 127.0.0.1\\r\\ns=-\\r\\nt=0 0\\r\\n");
    for (int line = 96; sdp.length() < bytes - 64; line++) {
      sdp.append("a=rtpmap:").append(line).append(" H264/90000\\r\\n");
    }
    while (sdp.length() < bytes - 4) {
      sdp.append('x');
    }
    return ascii(sdp.append("\"}}").toString());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
