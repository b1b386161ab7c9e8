package dev.starling.server.admin;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.proto.admin.AdminMethods;
import dev.starling.proto.admin.v1.ListNodesRequest;
import dev.starling.proto.admin.v1.ListRoomsRequest;
import dev.starling.proto.admin.v1.ListRoomsResponse;
import dev.starling.proto.admin.v1.ListedRoom;
import dev.starling.proto.admin.v1.Node;
import dev.starling.proto.admin.v1.RoomMember;
import dev.starling.proto.admin.v1.RoomReplica;
import dev.starling.proto.admin.v1.ShowRoomRequest;
import dev.starling.proto.admin.v1.ShowRoomResponse;
import dev.starling.server.edge.NativeClient;
import dev.starling.server.edge.TestNode;
import dev.starling.server.edge.Token;
import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.SharedCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators are told of rooms by a node that has none of them itself. */
final class RoomVerbsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path folder = Path.of("");

  private static final List<TestNode> nodes = new ArrayList<>();
  private static final List<Operator> operators = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    RingConfig.Certificates certificates =
        SharedCertificate.in(folder.resolve("keys"), "dns:west-1,dns:east-1,dns:west-edge");
    int[] ports = IntStream.range(0, 3).map(i -> AdminVerbsTest.freePort()).toArray();
    nodes.add(
        AdminVerbsTest.start(
            certificates,
            "west-1",
            "west",
            ports[0],
            ports,
            "store.directory=" + folder.resolve("rooms")));
    nodes.add(AdminVerbsTest.start(certificates, "east-1", "east", ports[1], ports));
    nodes.add(
        AdminVerbsTest.start(
            certificates, "west-edge", "west", ports[2], ports, "node.roles=edge"));
    operators.add(Operator.plain(nodes.getLast().adminPort(), "Bearer " + Token.admin("*")));
    await().atMost(PATIENCE).until(() -> stores().size() == 3);
  }

  @AfterAll
  static void end() {
    operators.forEach(Operator::close);
    nodes.forEach(TestNode::close);
  }

  private static Set<String> stores() {
    return operators
        .getFirst()
        .call(AdminMethods.LIST_NODES, ListNodesRequest.getDefaultInstance())
        .getNodesList()
        .stream()
        .filter(node -> !node.getStore().isEmpty())
        .map(node -> node.getName() + " " + node.getStore())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static ListRoomsResponse list(String match, String after, int limit) {
    return operators
        .getFirst()
        .call(
            AdminMethods.LIST_ROOMS,
            ListRoomsRequest.newBuilder().setMatch(match).setAfter(after).setLimit(limit).build());
  }

  private static List<String> names(ListRoomsResponse response) {
    return response.getRoomsList().stream().map(ListedRoom::getName).toList();
  }

  private static ShowRoomResponse show(String room) {
    return operators
        .getFirst()
        .call(AdminMethods.SHOW_ROOM, ShowRoomRequest.newBuilder().setRoom(room).build());
  }

  @Test
  void storesOfAllNodesAreTold() {
    assertEquals(Set.of("east-1 memory", "west-1 ready", "west-edge memory"), stores());
    List<Node> told =
        operators
            .getFirst()
            .call(AdminMethods.LIST_NODES, ListNodesRequest.getDefaultInstance())
            .getNodesList();
    assertTrue(told.getFirst().getStoreMessage().contains("set store.directory"));
    assertTrue(told.getLast().getStoreMessage().contains("owns no rooms"));
  }

  @Test
  void roomsOfOtherNodesAreListedInPages() throws Exception {
    List<NativeClient> clients = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      clients.add(NativeClient.in(nodes.get(i % 2), "page-" + i, "ada"));
    }
    await().atMost(PATIENCE).until(() -> names(list("page-*", "", 500)).size() == 6);
    List<String> all = new ArrayList<>();
    ListRoomsResponse page = list("page-*", "", 4);
    all.addAll(names(page));
    assertEquals(4, all.size());
    while (!page.getNext().isEmpty()) {
      page = list("page-*", page.getNext(), 1);
      all.addAll(names(page));
    }
    assertEquals(List.of("page-0", "page-1", "page-2", "page-3", "page-4", "page-5"), all);
    assertEquals(List.of("page-3"), names(list("page-3", "", 500)));
    assertEquals(List.of(), names(list("page", "", 500)));
    assertEquals(List.of(), List.copyOf(page.getSilentList()));
    for (NativeClient client : clients) {
      client.close();
    }
  }

  @Test
  void roomIsShownWithItsOwnersAndItsMembersWhereverTheyAre() throws Exception {
    try (NativeClient ada = NativeClient.in(nodes.getFirst(), "den", "ada");
        NativeClient ben = NativeClient.in(nodes.get(1), "den", "ben");
        NativeClient edna = NativeClient.in(nodes.getLast(), "den", "edna")) {
      edna.answer("'type':'chat','room':'den','data':1");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            ShowRoomResponse shown = show("den");
            assertEquals(3, shown.getMembersCount());
            assertEquals(1, shown.getChat());
            assertTrue(shown.getRoom().getEqual());
            assertEquals(
                List.of(
                    "east-1 true true memory",
                    "west-1 true true ready",
                    "west-edge false false memory"),
                shown.getReplicasList().stream().map(RoomVerbsTest::standing).toList());
          });
      ShowRoomResponse shown = show("den");
      assertEquals(3, shown.getRoom().getMembers());
      assertEquals(
          List.of("east 1/1", "west 1/1"),
          shown.getRoom().getCopiesList().stream()
              .map(copies ->
                  copies.getRegion() + " " + copies.getHolding() + "/" + copies.getOwners())
              .toList());
      assertEquals(
          Set.of(
              ada.session() + " ada west-1 west",
              ben.session() + " ben east-1 east",
              edna.session() + " edna west-edge west"),
          shown.getMembersList().stream().map(RoomVerbsTest::place).collect(Collectors.toSet()));
    }
  }

  private static String standing(RoomReplica replica) {
    return replica.getNode()
        + " "
        + replica.getOwner()
        + " "
        + replica.getServing()
        + " "
        + replica.getStore();
  }

  private static String place(RoomMember member) {
    return member.getSession()
        + " "
        + member.getUser()
        + " "
        + member.getNode()
        + " "
        + member.getRegion();
  }

  @Test
  void roomThatNobodyHasIsRefused() throws Exception {
    assertEquals(
        "NOT_FOUND NO_SUCH_ROOM",
        operators
            .getFirst()
            .refusal(AdminMethods.SHOW_ROOM, ShowRoomRequest.newBuilder().setRoom("void").build()));
  }
}
