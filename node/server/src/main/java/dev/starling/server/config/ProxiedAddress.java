package dev.starling.server.config;

/** How a proxy says where a client comes from. */
public enum ProxiedAddress {
  /** Not at all. */
  NONE,
  /** By the header of the PROXY protocol, before anything else. */
  PROXY_PROTOCOL,
  /** By {@code Forwarded} (RFC 7239). */
  FORWARDED,
  /** By {@code X-Forwarded-For}. */
  X_FORWARDED_FOR
}
