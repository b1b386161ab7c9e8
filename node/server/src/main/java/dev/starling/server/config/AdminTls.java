package dev.starling.server.config;

/** Whether operators come by TLS. */
public enum AdminTls {
  ON,
  OFF
}
