package dev.starling.server.ring;

import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.server.ring.seal.KeyFile;
import dev.starling.server.ring.seal.KeyRing;
import dev.starling.server.ring.seal.SealKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a node takes part in the ring. Printing it shows no secret.
 *
 * @param self this life of this node
 * @param info what it says of itself; it listens at the two endpoints there, whose hosts are IP
 *     addresses
 * @param seeds where other nodes may be found
 * @param nameServers whom to ask for the names of seeds; empty for those of the machine
 * @param keys for datagrams, where no file gives them
 * @param keyFile a file with them, read again when it changes, or null
 * @param certificates for streams
 * @param seedMillis how often the names of seeds are looked up again
 */
public record RingConfig(
    NodeId self,
    NodeInfo info,
    List<Seed> seeds,
    List<InetSocketAddress> nameServers,
    List<SealKey> keys,
    @Nullable Path keyFile,
    Certificates certificates,
    int seedMillis) {
  public RingConfig {
    seeds = List.copyOf(seeds);
    nameServers = List.copyOf(nameServers);
    keys = List.copyOf(keys);
  }

  /** Where nodes may be found. */
  public sealed interface Seed {
    /**
     * A host.
     *
     * @param host a name, of which all addresses count, or an address
     * @param port of streams
     */
    record Host(String host, int port) implements Seed {}

    /**
     * A service of which name servers say hosts and ports (RFC 2782).
     *
     * @param name such as {@code _starling._tcp.example.org}
     */
    record Service(String name) implements Seed {}
  }

  /**
   * PEM files. A node's certificate is good for its name and for the addresses that others reach it
   * at.
   *
   * @param certificate this node's, followed by its intermediates
   * @param key its private key (PKCS #8)
   * @param authority whom this node's and the others' certificates are from
   */
  public record Certificates(Path certificate, Path key, Path authority) {}

  /**
   * The keys in force at the start.
   *
   * @throws IOException where the file can't be used
   */
  KeyRing readKeys() throws IOException {
    return keyFile == null ? new KeyRing(keys) : KeyFile.read(keyFile);
  }
}
