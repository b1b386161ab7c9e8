package dev.starling.server.ring;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** TLS 1.3 between nodes: both sides show certificates of the cluster's authority. */
record RingTls(SslContext server, SslContext client) {
  private static final String VERSION = "TLSv1.3";
  private static final int DNS_NAME = 2;

  /**
   * Reads the certificates.
   *
   * @throws IOException where they can't be used; the message says which
   */
  static RingTls of(RingConfig.Certificates files) throws IOException {
    try {
      SslProvider provider = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
      SslContextBuilder server =
          SslContextBuilder.forServer(files.certificate().toFile(), files.key().toFile())
              .trustManager(files.authority().toFile())
              .clientAuth(ClientAuth.REQUIRE)
              .protocols(VERSION);
      SslContextBuilder client =
          SslContextBuilder.forClient()
              .keyManager(files.certificate().toFile(), files.key().toFile())
              .trustManager(files.authority().toFile())
              .protocols(VERSION);
      return new RingTls(
          GrpcSslContexts.configure(server, provider).build(),
          GrpcSslContexts.configure(client, provider).build());
    } catch (IOException | IllegalArgumentException unusable) {
      throw new IOException(
          "cluster.certificate, cluster.key, cluster.authority: "
              + files.certificate()
              + ", "
              + files.key()
              + " and "
              + files.authority()
              + " can't be used ("
              + unusable.getMessage()
              + ")",
          unusable);
    }
  }

  /** The DNS names that a peer's certificate is good for. */
  static Set<String> names(SSLSession session) {
    try {
      X509Certificate peer = (X509Certificate) session.getPeerCertificates()[0];
      Collection<List<?>> all = peer.getSubjectAlternativeNames();
      Set<String> names = new HashSet<>();
      if (all != null) {
        for (List<?> entry : all) {
          if (entry.get(0).equals(DNS_NAME)) {
            names.add(entry.get(1).toString());
          }
        }
      }
      return names;
    } catch (SSLPeerUnverifiedException | CertificateParsingException nameless) {
      return Set.of();
    }
  }
}
