package dev.starling.tools.load;

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
    private static final Kind[] KINDS = Kind.values();

    private final Mix mix;
    private final int[] credits = new int[KINDS.length];

    Cycle(Mix mix) {
      this.mix = mix;
    }

    Kind next() {
      Kind richest = Kind.SIGNAL;
      for (Kind kind : KINDS) {
        credits[kind.ordinal()] += mix.weight(kind);
        if (credits[kind.ordinal()] > credits[richest.ordinal()]) {
          richest = kind;
        }
      }
      credits[richest.ordinal()] -= mix.total();
      return richest;
    }
  }

  /** Reads {@code signal=90,broadcast=8,chat=2}. */
  static final class Converter implements ITypeConverter<Mix> {
    private static final Pattern SHARE = Pattern.compile("(signal|broadcast|chat)=([0-9]{1,6})");

    @Override
    public Mix convert(String text) {
      int[] weights = new int[Kind.values().length];
      for (String part : text.split(",", -1)) {
        Matcher share = SHARE.matcher(part);
        if (!share.matches()) {
          throw new TypeConversionException(
              "'" + text + "' is not a mix such as signal=90,broadcast=8,chat=2");
        }
        weights[kind(share.group(1)).ordinal()] = Integer.parseInt(share.group(2));
      }
      Mix mix = new Mix(weights[0], weights[1], weights[2]);
      if (mix.total() == 0) {
        throw new TypeConversionException("'" + text + "' is a mix of nothing");
      }
      return mix;
    }

    private static Kind kind(String word) {
      return switch (word) {
        case "broadcast" -> Kind.BROADCAST;
        case "chat" -> Kind.CHAT;
        default -> Kind.SIGNAL;
      };
    }
  }
}
