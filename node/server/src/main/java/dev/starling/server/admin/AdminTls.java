package dev.starling.server.admin;

import dev.starling.server.host.FileWatch;
import io.grpc.netty.GrpcSslContexts;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of the port for operators. Its files are read again when they changed, on a thread of its
 * own: connections that begin later take what they say. Where they can't be used those before stay
 * in force.
 */
final class AdminTls implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AdminTls.class);

  private final AdminConfig.Tls files;
  private final FileWatch watch;
  private final Renewed context;

  /**
   * Reads the files.
   *
   * @throws IOException where they can't be used
   */
  AdminTls(AdminConfig.Tls files) throws IOException {
    this.files = files;
    List<Path> watched =
        Stream.of(files.certificate(), files.key(), files.authority())
            .filter(Objects::nonNull)
            .toList();
    this.watch = new FileWatch("starling-admin-certificates", watched);
    try {
      this.context = new Renewed(read(files));
    } catch (IOException unusable) {
      watch.close();
      throw unusable;
    }
    watch.start(this::readAgain);
  }

  SslContext context() {
    return context;
  }

  private void readAgain() {
    try {
      context.now = read(files);
      log.info("the certificate for operators was read again");
    } catch (IOException unusable) {
      log.warn("{}; those before stay in force", unusable.getMessage());
    }
  }

  private static SslContext read(AdminConfig.Tls files) throws IOException {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(files.certificate().toFile(), files.key().toFile())
              .protocols("TLSv1.3");
      if (files.authority() != null) {
        builder.trustManager(files.authority().toFile()).clientAuth(ClientAuth.OPTIONAL);
      }
      SslProvider provider = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
      return GrpcSslContexts.configure(builder, provider).build();
    } catch (IOException | IllegalArgumentException unusable) {
      throw new IOException(
          "admin.certificate, admin.key, admin.authority: the files can't be used ("
              + unusable.getMessage()
              + ")",
          unusable);
    }
  }

  @Override
  public void close() {
    watch.close();
  }

  /**
   * The context that was read last. Those before aren't released: connections hold on to them, and
   * nothing else, and they free themselves.
   */
  private static final class Renewed extends SslContext {
    private volatile SslContext now;

    Renewed(SslContext first) {
      this.now = first;
    }

    @Override
    public boolean isClient() {
      return false;
    }

    @Override
    public List<String> cipherSuites() {
      return now.cipherSuites();
    }

    @Override
    @SuppressWarnings("deprecation") // abstract all the same
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
      return now.applicationProtocolNegotiator();
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator) {
      return now.newEngine(allocator);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator, String peerHost, int peerPort) {
      return now.newEngine(allocator, peerHost, peerPort);
    }

    @Override
    public SSLSessionContext sessionContext() {
      return now.sessionContext();
    }
  }
}
