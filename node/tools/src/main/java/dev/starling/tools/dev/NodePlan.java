package dev.starling.tools.dev;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node before it runs.
 *
 * @param adminPort where operators reach it, on loopback
 * @param certificate what it shows its clients, or null where it speaks plain HTTP
 * @param ring its part in the ring, or null where it is alone
 * @param log the file that its output goes to
 */
record NodePlan(
    String name,
    String region,
    String host,
    int port,
    int adminPort,
    @Nullable ServerCertificate certificate,
    @Nullable RingPlan ring,
    Path log) {
  static final String ADMIN_HOST = "127.0.0.1";

  /** Where clients find the node. */
  URI url() {
    String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return URI.create((certificate == null ? "http" : "https") + "://" + literal + ":" + port);
  }

  /** Where operators find the node. */
  String admin() {
    return ADMIN_HOST + ":" + adminPort;
  }

  /** What the node is told on its command line; no secret is among it. */
  List<String> arguments() {
    List<String> settings = new ArrayList<>();
    settings.add("node.name=" + name);
    settings.add("node.region=" + region);
    settings.add("client.host=" + host);
    settings.add("client.port=" + port);
    settings.add("client.tls=" + (certificate == null ? "off" : "on"));
    if (certificate != null) {
      settings.add("tls.certificate=" + certificate.chain());
      settings.add("tls.key=" + certificate.key());
    }
    settings.add("admin.host=" + ADMIN_HOST);
    settings.add("admin.port=" + adminPort);
    settings.add("auth.anonymous=true");
    settings.add("demo.enabled=true");
    // Whoever stops a development cluster waits for it.
    settings.add("shutdown.drainMs=1000");
    if (ring != null) {
      settings.addAll(ring.settings());
    }
    List<String> arguments = new ArrayList<>(List.of("--parent-pipe"));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return List.copyOf(arguments);
  }
}
