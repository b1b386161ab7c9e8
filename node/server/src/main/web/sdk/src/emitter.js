/** An EventTarget whose events carry their payload in `detail`. */
export class Emitter extends EventTarget {
  /**
   * Calls `listener` with the payload of each event of this type.
   *
   * @returns {() => void} removes the listener
   */
  on(type, listener) {
    const unwrap = (event) => listener(event.detail);
    this.addEventListener(type, unwrap);
    return () => this.removeEventListener(type, unwrap);
  }

  /** @protected */
  emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
