package dev.starling.server.config;

import static dev.starling.server.config.Kind.choice;
import static dev.starling.server.config.Kind.readableFile;

import java.nio.file.Path;
import java.util.List;

/** The settings of the service for operators. */
final class AdminTable {
  private static final SettingRows ROWS = new SettingRows();

  static final Setting<String> HOST =
      ROWS.of(
          "admin.host",
          Kind.host(),
          "127.0.0.1",
          "The address that operators connect to. Anything but a loopback address needs TLS.");
  static final Setting<Integer> PORT =
      ROWS.optional(
          "admin.port",
          Kind.wholeNumber("", 0, 65_535),
          "none: no operator can connect",
          "The port of the gRPC service for operators (`./starling ctl`); 0 takes any free one and"
              + " logs it.");
  static final Setting<AdminTls> TLS =
      ROWS.optional(
          "admin.tls",
          choice(AdminTls.class),
          "`off` on loopback, else `on`",
          "Whether operators come by TLS; `off` is for loopback only.");
  static final Setting<Path> CERTIFICATE =
      ROWS.optional(
          "admin.certificate",
          readableFile(),
          "none",
          "PEM file with the certificate that operators see, followed by its intermediates.");
  static final Setting<Path> KEY =
      ROWS.optional(
          "admin.key",
          readableFile(),
          "none",
          "PEM file with that certificate's private key (PKCS #8).");
  static final Setting<Path> AUTHORITY =
      ROWS.optional(
          "admin.authority",
          readableFile(),
          "none: tokens only",
          "PEM file with the certificates of whoever signs those of operators: who shows one needs"
              + " no token. Not the authority of nodes, or each of them may command.");

  static final List<Setting<?>> ALL = ROWS.list();

  private AdminTable() {}
}
