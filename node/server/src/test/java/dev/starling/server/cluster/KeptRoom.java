package dev.starling.server.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.server.cluster.DevCluster.Node;
import dev.starling.server.edge.Message;
import dev.starling.server.edge.NativeClient;
import dev.starling.server.edge.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A room with chat, a ban and a setting, which are to be there whatever happens.
 *
 * @param messages ids of the chat that was acknowledged
 */
record KeptRoom(Set<String> messages) {
  private static final int MESSAGES = 60;

  private static NativeClient client(DevCluster cluster, Node node, Token token)
      throws IOException {
    NativeClient client = NativeClient.over(cluster.socket(node));
    client.hello(token.text());
    return client;
  }

  /** Has clients of all regions do things, and returns when all of it was acknowledged. */
  static KeptRoom filledIn(DevCluster cluster) throws IOException {
    Set<String> acknowledged = new HashSet<>();
    List<NativeClient> clients = new ArrayList<>();
    for (String name : List.of("us-west-2-1", "eu-west-1-1", "ap-southeast-1-3")) {
      clients.add(client(cluster, cluster.node(name), Token.of(name).withRole("moderator")));
      assertEquals(2, clients.getLast().join("kept").number("copies"));
    }
    List<Long> asked = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      asked.add(clients.get(i % 3).ask("'type':'chat','room':'kept','data':" + i));
    }
    NativeClient last = clients.getLast();
    long ban = last.ask("'type':'moderate','room':'kept','action':'ban','user':'mallory'");
    long limit = last.ask("'type':'settings','room':'kept','settings':{'limit':77}");
    for (int i = 0; i < MESSAGES; i++) {
      Message said = clients.get(i % 3).answerTo(asked.get(i));
      assertEquals(2, said.number("copies"), said.json());
      acknowledged.add(said.text("message"));
    }
    assertEquals(2, last.answerTo(ban).number("copies"));
    assertEquals(2, last.answerTo(limit).number("copies"));
    return new KeptRoom(acknowledged);
  }

  /** Sees whether clients of all regions find it as it was, all in the same order. */
  void checkIn(DevCluster cluster) throws IOException {
    assertEquals(MESSAGES, messages.size());
    List<String> order = List.of();
    for (String name : List.of("us-west-2-3", "eu-west-1-2", "ap-southeast-1-1")) {
      List<String> read = readBack(cluster, cluster.node(name));
      assertEquals(messages, new HashSet<>(read), name);
      assertEquals(order.isEmpty() ? read : order, read, name);
      order = read;
    }
  }

  /** What a client of a node finds. */
  private static List<String> readBack(DevCluster cluster, Node node) throws IOException {
    try (NativeClient mallory = client(cluster, node, Token.of("mallory"));
        NativeClient zoe = client(cluster, node, Token.of("zoe"))) {
      assertEquals("BANNED", mallory.join("kept").text("code"), node.name());
      Message joined = zoe.join("kept");
      assertTrue(joined.json().contains("\"limit\":77"), joined.json());
      return chat(zoe, "kept");
    }
  }

  /** The newest messages of a room. */
  static List<String> chat(NativeClient client, String room) throws IOException {
    String page = client.answer("'type':'history','room':'" + room + "','limit':100").json();
    return Pattern.compile("\"message\":\"([^\"]+)\"")
        .matcher(page)
        .results()
        .map(found -> found.group(1))
        .toList();
  }
}
