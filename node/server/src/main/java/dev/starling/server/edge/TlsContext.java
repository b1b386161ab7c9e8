package dev.starling.server.edge;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS 1.3 and nothing older: by BoringSSL where its library loads, since it needs a third of the
 * CPU, else by the JDK.
 */
final class TlsContext {
  private static final Logger log = LoggerFactory.getLogger(TlsContext.class);

  private TlsContext() {}

  /**
   * A context for the port; whoever asked for it releases it.
   *
   * @throws IOException where the files hold no certificate, or no key that fits; the message says
   *     which
   */
  static SslContext of(EdgeConfig.Certificate certificate) throws IOException {
    SslProvider provider = OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
    log.info("TLS 1.3 by {}", provider == SslProvider.JDK ? "the JDK" : OpenSsl.versionString());
    try {
      return SslContextBuilder.forServer(certificate.chain().toFile(), certificate.key().toFile())
          .sslProvider(provider)
          .protocols("TLSv1.3")
          .build();
    } catch (IllegalArgumentException unusable) {
      throw new IOException("tls.certificate, tls.key: " + unusable.getMessage(), unusable);
    }
  }
}
