package dev.starling.server.config;

/** What a line of the log looks like. */
public enum LogFormat {
  /** For people. */
  TEXT,
  /** For machines: one JSON object a line. */
  JSON
}
