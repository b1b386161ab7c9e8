package dev.starling.server.ring;

import dev.starling.server.host.FileWatch;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate in force: it, its key and the authorities are read again when their files
 * changed, on a thread of its own. Where they can't be used those before stay in force. It knows
 * when a certificate ends soon.
 */
final class CertificateWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CertificateWatch.class);

  /** How long before its end: who changes certificates by hand needs days. */
  private static final Duration CERTIFICATE_NOTICE = Duration.ofDays(14);

  /** Every node has to get a new authority before the first certificate is issued by it. */
  private static final Duration AUTHORITY_NOTICE = Duration.ofDays(30);

  /** A certificate for hours is changed by machine, and the notice is this part of its life. */
  private static final int NOTICE_PART = 4;

  private final RingConfig.Certificates files;
  private final InstantSource clock;
  private final FileWatch watch;
  private final RingTls tls;
  private volatile Credentials credentials;
  private volatile boolean refused;

  CertificateWatch(RingConfig.Certificates files, InstantSource clock) throws IOException {
    this.files = files;
    this.clock = clock;
    this.watch =
        new FileWatch(
            "starling-certificates", List.of(files.certificate(), files.key(), files.authority()));
    this.credentials = Credentials.read(files);
    this.tls = new RingTls(credentials);
    complaints().forEach(complaint -> log.warn("cluster.certificate: {}", complaint));
    watch.start(this::readAgain);
  }

  RingTls tls() {
    return tls;
  }

  private void readAgain() {
    try {
      Credentials read = Credentials.read(files);
      tls.use(read);
      credentials = read;
      refused = false;
      log.info("the node's certificate was read again: {}", read);
    } catch (IOException unusable) {
      refused = true;
      log.warn("{}; the certificate before stays in force", unusable.getMessage());
    }
  }

  /** What an operator has to see to; any thread. */
  List<String> complaints() {
    Credentials now = credentials;
    List<String> complaints = new ArrayList<>();
    complain(complaints, "certificate", now.firstToEnd(), CERTIFICATE_NOTICE);
    complain(complaints, "authority", now.lastAuthority(), AUTHORITY_NOTICE);
    if (refused) {
      complaints.add("changed certificate files can't be used");
    }
    return complaints;
  }

  private void complain(
      List<String> complaints, String what, X509Certificate about, Duration mostNotice) {
    Instant end = about.getNotAfter().toInstant();
    Duration left = Duration.between(clock.instant(), end);
    Duration part = Duration.between(about.getNotBefore().toInstant(), end).dividedBy(NOTICE_PART);
    Duration notice = part.compareTo(mostNotice) < 0 ? part : mostNotice;
    if (!left.isPositive()) {
      complaints.add(what + " has ended");
    } else if (left.compareTo(notice) <= 0) {
      complaints.add(what + " ends in " + spoken(left));
    }
  }

  private static String spoken(Duration left) {
    if (left.toDays() > 1) {
      return left.toDays() + " days";
    }
    return left.toHours() > 1 ? left.toHours() + " hours" : left.toMinutes() + " minutes";
  }

  @Override
  public void close() {
    watch.close();
  }
}
