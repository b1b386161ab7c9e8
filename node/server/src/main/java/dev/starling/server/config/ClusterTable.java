package dev.starling.server.config;

import static dev.starling.server.config.Kind.flag;
import static dev.starling.server.config.Kind.namedSecrets;
import static dev.starling.server.config.Kind.readableFile;

import java.nio.file.Path;
import java.util.List;

/** The settings of a node's part in the ring. */
final class ClusterTable {
  private static final int SECRET_BYTES = 32;
  private static final SettingRows ROWS = new SettingRows();

  static final Setting<Boolean> ENABLED =
      ROWS.of(
          "cluster.enabled",
          flag(),
          false,
          "Takes part in the ring of nodes and shares rooms with them; see OPERATIONS.md.");
  static final Setting<String> HOST =
      ROWS.of(
          "cluster.host",
          Kind.address(),
          "127.0.0.1",
          "The address that this node listens at for other nodes, and tells them.");
  static final Setting<Integer> PORT =
      ROWS.number("cluster.port", "", 1, 65_535, 7500, "The port for datagrams (UDP).");
  static final Setting<Integer> STREAM_PORT =
      ROWS.number("cluster.streamPort", "", 1, 65_535, 7500, "The port for streams (TCP).");
  static final Setting<List<String>> SEEDS =
      ROWS.of(
          "cluster.seeds",
          Kind.list(
              "a list of HOST:PORT, an IPv6 address in brackets, and srv:NAME",
              SeedAddress::checked),
          List.of(),
          "Where other nodes may be found, with their ports for streams; all addresses of a name"
              + " count, all hosts of a service. Without seeds, or with itself alone, a node is the"
              + " first of its ring.");
  static final Setting<Integer> SEEDS_REFRESH_SECONDS =
      ROWS.number(
          "cluster.seedsRefreshSeconds",
          "seconds",
          1,
          3600,
          30,
          "How often the names of seeds are looked up again.");
  static final Setting<List<String>> NAME_SERVERS =
      ROWS.of(
          "cluster.nameServers",
          Kind.list("a list of ADDRESS:PORT, an IPv6 address in brackets", HostAndPort::literal),
          List.of(),
          "Name servers to ask for the names of seeds, instead of this machine's.");
  static final Setting<List<NamedSecret>> KEYS =
      ROWS.of(
          "cluster.keys",
          namedSecrets(SECRET_BYTES),
          List.of(),
          "The keys that datagrams between nodes are sealed with, 8 at most: the first one seals, all"
              + " of them open.");
  static final Setting<Path> KEYS_FILE =
      ROWS.optional(
          "cluster.keysFile",
          readableFile(),
          "none",
          "The same from a file, one `NAME=SECRET` a line, read again when it changes; `cluster.keys`"
              + " then counts for nothing.");
  static final Setting<Path> CERTIFICATE =
      ROWS.optional(
          "cluster.certificate",
          readableFile(),
          "none",
          "PEM file with this node's certificate for other nodes, good for `node.name` as a DNS name"
              + " and for `cluster.host`, as server and as client.");
  static final Setting<Path> KEY =
      ROWS.optional(
          "cluster.key",
          readableFile(),
          "none",
          "PEM file with that certificate's private key (PKCS #8).");
  static final Setting<Path> AUTHORITY =
      ROWS.optional(
          "cluster.authority",
          readableFile(),
          "none",
          "PEM file with the certificates of whoever signs those of nodes; nobody else's are"
              + " trusted.");

  static final List<Setting<?>> ALL = ROWS.list();

  private ClusterTable() {}
}
