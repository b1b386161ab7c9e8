package dev.starling.server.config;

/** What a node does in its ring. */
public enum Role {
  /** Owns shards. */
  CORE,
  /** Terminates clients. */
  EDGE
}
