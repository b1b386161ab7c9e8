package dev.starling.crdt;

/** What a member of a room noticed of one change. */
public sealed interface Effect {
  /** Somebody came. */
  record Joined(Member member) implements Effect {}

  /** Somebody's entry changed. */
  record Updated(Member member) implements Effect {}

  /** Somebody went, as last shown. */
  record Left(Member member) implements Effect {}

  /** A setting was written. */
  record Configured(String key, Register<Content> register) implements Effect {}

  /** A message was written. */
  record Said(ChatMessage message) implements Effect {}
}
