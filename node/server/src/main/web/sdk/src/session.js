import { Backoff } from './clock.js';
import { Connection } from './connection.js';
import { CLOSE_CODES, GOODBYE, RECONNECT, StarlingError } from './errors.js';
import { Inbox } from './inbox.js';
import { Urls } from './urls.js';

const OPEN_WITHIN_MS = 5_000;
const WELCOME_WITHIN_MS = 10_000;
const BACKOFF_BASE_MS = 100;
const BACKOFF_CAP_MS = 10_000;

/** A connection that lasted this long ends a row of failures; a shorter one may be part of it. */
const STABLE_MS = 5_000;

/** A crowded server asks for patience: skip the quick attempts. */
const OVERLOADED_ATTEMPTS = 4;

/** What can be replayed and therefore carries offsets; `joined` counts as one, for it holds the state up to its offset. */
const EVENTS = new Set(['member', 'signal', 'broadcast', 'chat', 'settings', 'knock', 'mute', 'announcement', 'joined']);

/**
 * The session with the flock: keeps a connection to some node, resumes on another when it breaks, and confirms what arrived.
 */
export class Session {
  #options;
  #clock;
  #hooks;
  #urls;
  #inbox;
  #backoff;
  #connection = null;
  #timer = null;
  #token = null;
  #resumeToken = null;
  #servedSince = null;
  #lastMessage = null;
  #closed = false;

  /** The last `welcome` frame, or null before the first. */
  welcome = null;

  /** Counts attempts to connect, so that a slow token of an older one is ignored. */
  #attempt = 0;

  /**
   * @param {object} options as given to `connect`, complete
   * @param {object} hooks what the client does when
   * @param {(frame: object) => void} hooks.welcome a server took the session, resumed or new
   * @param {(write: (frame: object) => void) => void} hooks.serve requests may be written: what was missed has been replayed
   * @param {(frame: object) => void} hooks.frame a frame came that is none of the session's own
   * @param {() => void} hooks.beat a heartbeat passed
   * @param {(error: StarlingError, retryInMs: number) => void} hooks.lost the connection broke and another will be tried
   * @param {(error: StarlingError) => void} hooks.ended no connection will be tried any more
   */
  constructor(options, hooks) {
    this.#options = options;
    this.#clock = options.clock;
    this.#hooks = hooks;
    this.#urls = new Urls(options.urls);
    this.#backoff = new Backoff(options.clock, BACKOFF_BASE_MS, BACKOFF_CAP_MS);
    this.#inbox = new Inbox(options.clock, hooks.frame, (offset) => this.#connection?.send({ type: 'confirm', offset }));
  }

  get rttMs() {
    return this.#connection?.rttMs ?? null;
  }

  /** Connects to the current URL. */
  async connect() {
    this.#cancelTimer();
    const attempt = ++this.#attempt;
    try {
      this.#token ??= await this.#mintToken();
    } catch (error) {
      this.#broken(attempt, new StarlingError('UNAUTHENTICATED', `no token: ${error.message}`, true));
      return;
    }
    if (attempt === this.#attempt && !this.#closed) {
      this.#open(attempt);
    }
  }

  /** Drops the connection and resumes at the next URL at once. */
  reconnect(reason) {
    this.#connection?.close(RECONNECT, reason);
    if (!this.#closed) {
      this.connect();
    }
  }

  /** The network or the page came back: connect at once, or ask whether the connection still lives. */
  wake() {
    if (this.#connection) {
      this.#connection.probe();
    } else if (this.#timer !== null) {
      this.connect();
    }
  }

  /** Moves to one of `urls` at some moment within the first half of `withinMs`. */
  move(urls, withinMs) {
    this.#urls.prefer(urls);
    this.#schedule(() => this.reconnect('moved'), this.#clock.random() * withinMs / 2);
  }

  close() {
    this.#inbox.flush();
    this.#finish();
    this.#connection?.close(GOODBYE, 'bye');
  }

  #open(attempt) {
    const { WebSocket, openMs = OPEN_WITHIN_MS } = this.#options;
    const on = {
      open: () => this.#hello(),
      frame: (frame) => this.#received(frame),
      beat: this.#hooks.beat,
      end: (closeCode, reason) => this.#ended(attempt, closeCode, reason),
    };
    try {
      this.#connection = new Connection({ url: this.#urls.current, WebSocket, clock: this.#clock, openMs }, on);
    } catch (error) {
      this.#broken(attempt, new StarlingError('NO_CONNECTION', error.message, true));
    }
  }

  async #mintToken() {
    const { token } = this.#options;
    return typeof token === 'function' ? token() : token ?? null;
  }

  #hello() {
    this.#connection.expectWelcome(WELCOME_WITHIN_MS);
    const frame = { type: 'hello' };
    if (this.#token) {
      frame.token = this.#token;
    }
    if (this.#resumeToken) {
      frame.resume = { token: this.#resumeToken, offset: this.#inbox.offset };
    }
    this.#connection.send(frame);
  }

  #received(frame) {
    if (EVENTS.has(frame.type)) {
      this.#inbox.take(frame);
      return;
    }
    switch (frame.type) {
      case 'welcome': return this.#welcomed(frame);
      case 'replayed': return this.#serve();
      case 'token': this.#resumeToken = frame.resumeToken; return undefined;
      case 'moved': return this.move(frame.urls, frame.withinMs);
      default:
    }
    if (frame.type === 'error' && frame.id === undefined) {
      this.#lastMessage = frame;
    }
    return this.#hooks.frame(frame);
  }

  #welcomed(frame) {
    this.welcome = frame;
    this.#resumeToken = frame.resumeToken;
    this.#lastMessage = null;
    this.#servedSince = this.#clock.now();
    this.#urls.learn(frame.urls);
    this.#inbox.begin(frame.offset, frame.confirmMs);
    this.#connection.keepAlive(frame.heartbeatMs);
    this.#hooks.welcome(frame);
    if (!frame.resumed) {
      this.#serve();
    }
  }

  #serve() {
    this.#hooks.serve((frame) => {
      this.#inbox.flush();
      this.#connection?.send(frame);
    });
  }

  #ended(attempt, closeCode, reason) {
    this.#connection = null;
    this.#inbox.suspend();
    if (!this.#closed) {
      this.#broken(attempt, StarlingError.ofClose(closeCode, reason || this.#lastMessage?.message));
    }
  }

  #broken(attempt, error) {
    if (this.#closed || attempt !== this.#attempt) {
      return;
    }
    if (error.code === 'TOKEN_EXPIRED') {
      this.#token = null;
    }
    if (!this.#isWorthRetrying(error)) {
      this.#finish();
      this.#hooks.ended(error);
      return;
    }
    const delayMs = this.#nextDelayMs(error);
    this.#urls.advance();
    this.#schedule(() => this.connect(), delayMs);
    this.#hooks.lost(error, delayMs);
  }

  #isWorthRetrying(error) {
    const { token, attempts } = this.#options;
    if (!error.retry || (error.code === 'TOKEN_EXPIRED' && typeof token !== 'function')) {
      return false;
    }
    return this.welcome !== null || this.#attempt < Math.max(attempts, this.#urls.count);
  }

  #nextDelayMs(error) {
    if (this.#servedSince !== null && this.#clock.now() - this.#servedSince >= STABLE_MS) {
      this.#backoff.reset();
    }
    this.#servedSince = null;
    if (error.code === 'OVERLOADED') {
      this.#backoff.attempts = Math.max(this.#backoff.attempts, OVERLOADED_ATTEMPTS);
    }
    return this.#backoff.nextDelayMs();
  }

  #finish() {
    this.#closed = true;
    this.#cancelTimer();
  }

  #schedule(task, delayMs) {
    this.#cancelTimer();
    this.#timer = this.#clock.setTimeout(task, delayMs);
  }

  #cancelTimer() {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = null;
  }
}
