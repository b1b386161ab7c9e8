package dev.starling.tools.load;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Shares of what is sent, as weights of which one is above zero. */
record Mix(int signal, int broadcast, int chat) {
  static final Mix SIGNALS = new Mix(1, 0, 0);

  int total() {
    return signal + broadcast + chat;
  }

  int weight(Kind kind) {
    return switch (kind) {
      case SIGNAL -> signal;
      case BROADCAST -> broadcast;
      case CHAT -> chat;
    };
  }

  /** Spreads the kinds evenly (smooth weighted round robin). */
  static final class Cycle {
    private final Mix mix;
    private int signalCredit;
    private int broadcastCredit;
    private int chatCredit;

    Cycle(Mix mix) {
      this.mix = mix;
    }

    Kind next() {
      signalCredit += mix.signal;
      broadcastCredit += mix.broadcast;
      chatCredit += mix.chat;
      if (signalCredit >= Math.max(broadcastCredit, chatCredit)) {
        signalCredit -= mix.total();
        return Kind.SIGNAL;
      }
      if (broadcastCredit >= chatCredit) {
        broadcastCredit -= mix.total();
        return Kind.BROADCAST;
      }
      chatCredit -= mix.total();
      return Kind.CHAT;
    }
  }

  /** Reads {@code signal=90,broadcast=8,chat=2}. */
  static final class Converter implements ITypeConverter<Mix> {
    private static final Pattern SHARE = Pattern.compile("(signal|broadcast|chat)=([0-9]{1,6})");

    @Override
    public Mix convert(String text) {
      Map<String, Integer> weights = new HashMap<>();
      for (String part : text.split(",", -1)) {
        Matcher share = SHARE.matcher(part);
        if (!share.matches()) {
          throw new TypeConversionException(
              "'" + text + "' is not a mix such as signal=90,broadcast=8,chat=2");
        }
        weights.put(share.group(1), Integer.valueOf(share.group(2)));
      }
      Mix mix =
          new Mix(
              weights.getOrDefault("signal", 0),
              weights.getOrDefault("broadcast", 0),
              weights.getOrDefault("chat", 0));
      if (mix.total() == 0) {
        throw new TypeConversionException("'" + text + "' is a mix of nothing");
      }
      return mix;
    }
  }
}
