import { CLOSE_CODES } from './errors.js';

const SUBPROTOCOL = 'starling.v1.json';

/**
 * One WebSocket: frames in and out, and its heartbeat. Ends once, whichever side or silence ends it; a socket that died
 * silently may take a minute to say so, therefore nothing waits for the browser's close handshake.
 */
export class Connection {
  #socket;
  #clock;
  #on;
  #timer;
  #heartbeatMs = 0;
  #sentAt = 0;
  #heardAt = 0;
  #pingedAt = 0;
  #awaiting = false;
  #ended = false;

  /** Round trip of the last ping in milliseconds, or null before the first. */
  rttMs = null;

  /**
   * @param {{url: string, WebSocket: typeof WebSocket, clock: object, openMs: number}} options
   * @param {{open: () => void, frame: (frame: object) => void, beat: () => void,
   *     end: (closeCode: number, reason: string) => void}} on
   */
  constructor({ url, WebSocket, clock, openMs }, on) {
    this.#clock = clock;
    this.#on = on;
    this.#socket = new WebSocket(url, SUBPROTOCOL);
    this.#socket.onopen = () => this.#opened();
    this.#socket.onmessage = (event) => this.#received(event.data);
    this.#socket.onclose = (event) => this.#end(event.code, event.reason);
    this.#timer = clock.setTimeout(() => this.close(CLOSE_CODES.HELLO_TIMEOUT, 'not opened in time'), openMs);
  }

  /** Gives the server `withinMs` to send its first frame. */
  expectWelcome(withinMs) {
    this.#schedule(() => this.close(CLOSE_CODES.HELLO_TIMEOUT, 'no welcome in time'), withinMs);
  }

  /** Pings whenever either direction was silent for `heartbeatMs`, and ends after twice that without a word. */
  keepAlive(heartbeatMs) {
    this.#heartbeatMs = heartbeatMs;
    this.#schedule(() => this.#beat(), heartbeatMs);
  }

  /** Asks for proof of life now: after the network or the page came back. */
  probe() {
    if (this.#heartbeatMs > 0 && !this.#awaiting) {
      this.#ping();
      this.#schedule(() => this.#beat(), this.#heartbeatMs);
    }
  }

  send(frame) {
    if (!this.#ended) {
      this.#sentAt = this.#clock.now();
      this.#socket.send(JSON.stringify(frame));
    }
  }

  close(closeCode, reason = '') {
    if (!this.#ended) {
      this.#end(closeCode, reason);
      this.#socket.close(closeCode, reason);
    }
  }

  #opened() {
    this.#heardAt = this.#clock.now();
    this.#on.open();
  }

  #received(text) {
    this.#heardAt = this.#clock.now();
    let frame;
    try {
      frame = JSON.parse(text);
    } catch {
      this.close(CLOSE_CODES.MALFORMED, 'not JSON');
      return;
    }
    this.#answered(frame);
    this.#on.frame(frame);
  }

  /** Any frame proves life; only a pong measures the round trip. */
  #answered(frame) {
    if (frame.type === 'pong' && this.#awaiting) {
      this.rttMs = this.#heardAt - this.#pingedAt;
    }
    this.#awaiting = false;
  }

  #beat() {
    const now = this.#clock.now();
    this.#on.beat();
    if (this.#awaiting && now >= this.#deadline()) {
      this.close(CLOSE_CODES.IDLE, 'server went silent');
      return;
    }
    if (!this.#awaiting && now >= this.#quietSince() + this.#heartbeatMs) {
      this.#ping();
    }
    const next = this.#awaiting ? this.#deadline() : this.#quietSince() + this.#heartbeatMs;
    this.#schedule(() => this.#beat(), Math.min(this.#heartbeatMs, Math.max(1, next - now)));
  }

  #quietSince() {
    return Math.min(this.#sentAt, this.#heardAt);
  }

  /** Counted from the ping too, so that a page that slept through its timers asks before it hangs up. */
  #deadline() {
    return Math.max(this.#pingedAt + this.#heartbeatMs, this.#heardAt + 2 * this.#heartbeatMs);
  }

  #ping() {
    this.send({ type: 'ping' });
    this.#pingedAt = this.#clock.now();
    this.#awaiting = true;
  }

  #schedule(task, delayMs) {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(task, delayMs);
  }

  #end(closeCode, reason) {
    if (this.#ended) {
      return;
    }
    this.#ended = true;
    this.#clock.clearTimeout(this.#timer);
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#on.end(closeCode, reason);
  }
}
