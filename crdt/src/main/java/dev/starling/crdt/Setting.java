package dev.starling.crdt;

/**
 * One write of one setting. A write removes those that it has seen, whatever their stamps say; only
 * among writes that did not see each other the higher stamp is shown.
 *
 * @param key which setting
 * @param register the value, and when and where it was written
 * @param rest what a later version says beside it, as it came; opaque here
 */
public record Setting(String key, Register<Content> register, Bytes rest) {

  /** As this version writes it. */
  public Setting(String key, Register<Content> register) {
    this(key, register, Bytes.EMPTY);
  }

  /** The write that is shown of two that did not see each other. */
  Setting merge(Setting other) {
    return register.merge(other.register).equals(register) ? this : other;
  }
}
