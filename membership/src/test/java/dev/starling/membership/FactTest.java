package dev.starling.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactTest {
  private static final NodeInfo INFO = HandNetwork.info("a", "north", "z");
  private static final NodeId BY = new NodeId("b", 1);

  /** The order is that of this list: generation before incarnation before status. */
  private static List<Fact> inOrder() {
    List<Fact> facts = new ArrayList<>();
    for (long generation : new long[] {0, 1, 7, Long.MAX_VALUE}) {
      for (long incarnation : new long[] {0, 1, 5, Fact.MAX_INCARNATION}) {
        NodeId node = new NodeId("a", generation);
        facts.add(Fact.alive(node, incarnation, INFO));
        facts.add(Fact.suspect(node, incarnation, BY, false));
        facts.add(Fact.dead(node, incarnation));
        facts.add(Fact.left(node, incarnation));
        facts.add(Fact.forgotten(node, incarnation));
      }
    }
    return facts;
  }

  @Test
  void factsAreOrderedByGenerationThenIncarnationThenStatus() {
    List<Fact> facts = inOrder();
    for (int i = 0; i < facts.size(); i++) {
      for (int j = 0; j < facts.size(); j++) {
        int precedence = facts.get(i).precedence(facts.get(j));
        String pair = facts.get(i) + " and " + facts.get(j);
        assertEquals(Integer.compare(i, j), Integer.signum(precedence), pair);
      }
    }
  }

  @Test
  void whoAccusesAndWhatIsKnownBesideDoNotMatterToTheOrder() {
    Fact one = Fact.suspect(BY, 3, BY, false);
    Fact other = Fact.suspect(BY, 3, new NodeId("c", 1), true).withInfo(INFO);
    assertEquals(0, one.precedence(other));
    assertEquals(0, other.precedence(one));
  }

  @Test
  void factThatCannotBeIsRefused() {
    assertRefused(() -> Fact.dead(BY, -1));
    assertRefused(() -> Fact.dead(BY, Fact.MAX_INCARNATION + 1));
    assertRefused(() -> new Fact(BY, 0, Status.ALIVE, null, null, false));
    assertRefused(() -> new Fact(BY, 0, Status.SUSPECT, null, null, false));
    assertRefused(() -> new Fact(BY, 0, Status.DEAD, null, BY, false));
    assertRefused(() -> new Fact(BY, 0, Status.DEAD, null, null, true));
  }

  private static void assertRefused(Runnable making) {
    assertThrows(IllegalArgumentException.class, making::run);
  }
}
