package dev.starling.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeInfoTest {
  private static final Set<NodeRole> CORE = Set.of(NodeRole.CORE);

  @Test
  void whatIsAsLongAsItMayBeIsTaken() {
    NodeInfo info = info("r".repeat(40), "z".repeat(40), CORE, 1_000, urls(4, 48), urls(4, 25));
    assertEquals(40, info.region().length());
    NodeInfo many = info("r", "z", CORE, 0, List.of(), urls(8, 12));
    assertEquals(8, many.unreachable().size());
    assertEquals(128, new Endpoint("h".repeat(128), 65_535).host().length());
    assertEquals(63, new NodeId("n".repeat(63), Long.MAX_VALUE).name().length());
  }

  @Test
  void regionAndZoneAreShortTokens() {
    for (String wrong : List.of("", "r".repeat(41), "a b", "a/b", "a\n", "\u00e9", "a:b", "*")) {
      assertRefused(() -> info(wrong, "z", CORE, 0, List.of(), List.of()));
      assertRefused(() -> info("r", wrong, CORE, 0, List.of(), List.of()));
    }
    assertEquals("A.b_c-9", info("A.b_c-9", "z", CORE, 0, List.of(), List.of()).region());
  }

  @Test
  void nodeHasARoleAndALoadOfAThousandAtMost() {
    Set<NodeRole> none = EnumSet.noneOf(NodeRole.class);
    assertRefused(() -> info("r", "z", none, 0, List.of(), List.of()));
    assertRefused(() -> info("r", "z", CORE, -1, List.of(), List.of()));
    assertRefused(() -> info("r", "z", CORE, 1_001, List.of(), List.of()));
  }

  @Test
  void urlsAreFourAtMostAndShortTogether() {
    assertRefused(() -> info("r", "z", CORE, 0, urls(5, 1), List.of()));
    assertRefused(() -> info("r", "z", CORE, 0, urls(1, 193), List.of()));
    assertRefused(() -> info("r", "z", CORE, 0, urls(4, 49), List.of()));
    assertRefused(() -> info("r", "z", CORE, 0, List.of(""), List.of()));
    assertRefused(() -> info("r", "z", CORE, 0, List.of("wss://a b"), List.of()));
  }

  @Test
  void unreachableRegionsAreEightAtMostAndShortTogether() {
    assertRefused(() -> info("r", "z", CORE, 0, List.of(), urls(9, 1)));
    assertRefused(() -> info("r", "z", CORE, 0, List.of(), urls(8, 13)));
    assertRefused(() -> info("r", "z", CORE, 0, List.of(), List.of("")));
  }

  @Test
  void partsOfItHaveBoundsOfTheirOwn() {
    assertRefused(() -> new Endpoint("", 1));
    assertRefused(() -> new Endpoint("h".repeat(129), 1));
    assertRefused(() -> new Endpoint("h", 0));
    assertRefused(() -> new Endpoint("h", 65_536));
    assertRefused(() -> new NodeId("n".repeat(64), 1));
    assertRefused(() -> new NodeId("n", -1));
    assertRefused(() -> new VersionRange(0, 1));
    assertRefused(() -> new VersionRange(2, 1));
    assertRefused(() -> new VersionRange(1, 65_536));
  }

  @Test
  void whatOneChangesLeavesTheRestAsItIs() {
    NodeInfo info = info("r", "z", CORE, 7, urls(1, 5), urls(1, 3));
    assertEquals(info, info.withLoad(9).withLoad(7));
    assertEquals(info, info.withDraining(true).withDraining(false));
    assertEquals(info, info.withUnreachable(List.of()).withUnreachable(urls(1, 3)));
  }

  private static NodeInfo info(
      String region,
      String zone,
      Set<NodeRole> roles,
      int load,
      List<String> urls,
      List<String> unreachable) {
    Endpoint endpoint = new Endpoint("h", 1);
    VersionRange versions = new VersionRange(1, 1);
    return new NodeInfo(
        endpoint, endpoint, region, zone, roles, load, false, versions, urls, unreachable);
  }

  private static List<String> urls(int count, int characters) {
    return Collections.nCopies(count, "u".repeat(characters));
  }

  private static void assertRefused(Runnable making) {
    assertThrows(IllegalArgumentException.class, making::run);
  }
}
