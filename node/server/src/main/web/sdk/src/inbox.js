/** Events without an identity of their own: seen twice, they would be taken twice. */
const UNREPEATABLE = new Set(['signal', 'broadcast']);

/**
 * Puts the server's events in order against its offsets. The offset may be left out of all but the last event of a write; when a
 * connection breaks inside such a write, the events before it come again. So a signal without an offset waits for the event
 * that carries one, and is dropped when the connection goes: the replay brings it.
 */
export class Inbox {
  #clock;
  #deliver;
  #confirm;
  #confirmMs = 0;
  #held = [];
  #timer = null;
  #unconfirmed = false;

  /** The newest offset, where a resume goes on from. */
  offset = null;

  /**
   * @param {object} clock
   * @param {(frame: object) => void} deliver takes the next event
   * @param {(offset: string) => void} confirm tells the server
   */
  constructor(clock, deliver, confirm) {
    this.#clock = clock;
    this.#deliver = deliver;
    this.#confirm = confirm;
  }

  /** A new connection begins at this offset, which needs no confirmation. */
  begin(offset, confirmMs) {
    this.suspend();
    this.offset = offset;
    this.#confirmMs = confirmMs;
  }

  take(frame) {
    if (frame.offset === undefined) {
      this.#takeWithoutOffset(frame);
      return;
    }
    const ready = [...this.#held, frame];
    this.#held = [];
    ready.forEach((event) => this.#deliver(event));
    this.offset = frame.offset;
    this.#unconfirmed = true;
    this.#timer ??= this.#clock.setTimeout(() => this.flush(), this.#confirmMs / 2);
  }

  /** Confirms what was delivered, if anything; called before other frames go out, so that one write carries both. */
  flush() {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#unconfirmed) {
      this.#unconfirmed = false;
      this.#confirm(this.offset);
    }
  }

  /** The connection is gone: the resume confirms what was delivered, and the rest comes again. */
  suspend() {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = null;
    this.#unconfirmed = false;
    this.#held = [];
  }

  #takeWithoutOffset(frame) {
    if (this.#held.length > 0 || UNREPEATABLE.has(frame.type)) {
      this.#held.push(frame);
    } else {
      this.#deliver(frame);
    }
  }
}
