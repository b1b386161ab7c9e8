package dev.starling.tools.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MixTest {

  @Test
  void sharesAreKeptAndSpread() {
    Mix.Cycle cycle = new Mix.Cycle(new Mix.Converter().convert("chat=1,signal=2"));
    List<Kind> kinds = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      kinds.add(cycle.next());
    }
    assertEquals(
        List.of(Kind.SIGNAL, Kind.CHAT, Kind.SIGNAL, Kind.SIGNAL, Kind.CHAT, Kind.SIGNAL), kinds);
  }

  @Test
  void negotiationHasAnOfferAnAnswerAndFifteenCandidates() {
    int small = 0;
    for (int step = 0; step < Script.STEPS; step++) {
      small += Script.payload(Kind.SIGNAL, step).length < 512 ? 1 : 0;
    }
    assertEquals(15, small);
    assertEquals(Script.OFFER_BYTES, Script.payload(Kind.SIGNAL, 0).length, 64);
  }
}
