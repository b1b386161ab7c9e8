package dev.starling.server.ring;

import io.grpc.netty.GrpcSslContexts;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * TLS 1.3 between nodes: both sides show certificates of the cluster's authority. Certificates and
 * authorities can be changed while it is used: connections that begin later take the new ones.
 */
final class RingTls {
  private static final String VERSION = "TLSv1.3";
  private static final int DNS_NAME = 2;

  private final AdvancedTlsX509KeyManager shown = new AdvancedTlsX509KeyManager();
  private final AdvancedTlsX509TrustManager trusted;
  private final SslContext server;
  private final SslContext client;

  /**
   * Makes both sides.
   *
   * @throws IOException where the credentials can't be used
   */
  RingTls(Credentials credentials) throws IOException {
    try {
      trusted = AdvancedTlsX509TrustManager.newBuilder().build();
      use(credentials);
      SslProvider provider = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
      server =
          GrpcSslContexts.configure(
                  SslContextBuilder.forServer(shown)
                      .trustManager(trusted)
                      .clientAuth(ClientAuth.REQUIRE)
                      .protocols(VERSION),
                  provider)
              .build();
      client =
          GrpcSslContexts.configure(
                  SslContextBuilder.forClient()
                      .keyManager(shown)
                      .trustManager(trusted)
                      .protocols(VERSION),
                  provider)
              .build();
    } catch (GeneralSecurityException | IllegalArgumentException unusable) {
      throw unusable(unusable);
    }
    forgetSessions(server);
    forgetSessions(client);
  }

  /**
   * A session that is resumed would bring back a peer whose certificate has ended or isn't trusted
   * any more.
   */
  private static void forgetSessions(SslContext context) {
    if (context.sessionContext() instanceof OpenSslSessionContext openSsl) {
      openSsl.setSessionCacheEnabled(false);
    } else {
      context.sessionContext().setSessionTimeout(1);
    }
  }

  /**
   * Shows and trusts these from now on; any thread.
   *
   * @throws IOException where they can't be used; what was used before then still is
   */
  void use(Credentials credentials) throws IOException {
    try {
      // Only this can fail, and so it comes first.
      trusted.updateTrustCredentials(credentials.authorities().toArray(X509Certificate[]::new));
      shown.updateIdentityCredentials(
          credentials.chain().toArray(X509Certificate[]::new), credentials.key());
    } catch (GeneralSecurityException unusable) {
      throw unusable(unusable);
    }
  }

  private static IOException unusable(Exception cause) {
    return new IOException(
        "cluster.certificate, cluster.key, cluster.authority: they can't be used ("
            + cause.getMessage()
            + ")",
        cause);
  }

  SslContext server() {
    return server;
  }

  SslContext client() {
    return client;
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
