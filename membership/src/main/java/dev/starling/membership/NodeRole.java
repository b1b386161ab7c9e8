package dev.starling.membership;

/** What a node does; a single node does both. */
public enum NodeRole {
  /** Owns shards and votes on presence. */
  CORE,
  /** Terminates clients. */
  EDGE
}
