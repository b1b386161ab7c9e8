import { Backoff } from './clock.js';
import { StarlingError } from './errors.js';

/** Requests in flight at once; more wait here, so that coming back from a long absence is no flood. */
const WINDOW = 256;

/** Requests that wait for the connection; beyond it the caller is refused instead of the memory filled. */
const MAX_WAITING = 4096;

/** These end an id without any effect, so the same request may go out under a new one. */
const RETRIED_UNDER_NEW_ID = new Set(['BUSY', 'UNREACHABLE']);

/** The server answers every request within 10 s; a connection that doesn't is broken in a way its heartbeat doesn't show. */
const ANSWER_WITHIN_MS = 15_000;

/**
 * What was asked and not yet answered. A request gets its id when it's first written and keeps it until its answer, over as
 * many connections as that takes; ids increase in the order of writing.
 */
export class Requests {
  #clock;
  #write = null;
  #waiting = [];
  #sent = new Map();
  #lastId = 0;
  #gatedRooms = new Set();
  #stallTimer = null;
  #timers = new Set();

  constructor(clock) {
    this.#clock = clock;
  }

  /**
   * @param {object} frame the request without its id
   * @param {{retries?: number, apply?: (answer: object) => void, progress?: (answer: object) => void}} options
   *     `apply` sees the answer before any later frame is looked at; `retries`: how often to try again under a new id
   * @returns {Promise<object>} the answer
   */
  submit(frame, { retries = 0, apply = () => {}, progress = () => {} } = {}) {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length >= MAX_WAITING) {
        reject(new StarlingError('BUSY', 'too many requests wait for the connection', true));
        return;
      }
      const backoff = new Backoff(this.#clock, 100, 2_000);
      this.#waiting.push({ frame, retries, apply, progress, resolve, reject, backoff, lane: laneOf(frame) });
      this.#pump();
    });
  }

  /** Takes a frame that carries an id: an answer, or a word on the way to one. Answers to what is settled are ignored. */
  settle(answer) {
    const request = this.#sent.get(answer.id);
    if (!request) {
      return;
    }
    if (answer.type === 'waiting') {
      request.patient = true;
      request.progress(answer);
      return;
    }
    if (answer.type === 'error') {
      this.#refused(request, StarlingError.ofFrame(answer));
    } else {
      this.#sent.delete(request.id);
      request.apply(answer);
      request.resolve(answer);
    }
    this.#resendStalled();
    this.#pump();
  }

  /** The connection serves this session: what has no answer goes out again under its id, in order, and then what waits. */
  open(write) {
    this.#write = write;
    [...this.#sent.values()].forEach((request) => this.#put(request));
    this.#pump();
  }

  /** The connection is gone; everything waits. */
  suspend() {
    this.#write = null;
  }

  /** The server forgot the session: what was written has an unknown outcome, and its ids mean nothing any more. */
  abandon() {
    const lost = [...this.#sent.values()];
    this.#sent.clear();
    lost.forEach((request) =>
      request.reject(new StarlingError('SESSION_LOST', 'the session ended before the answer came', true)));
  }

  /** Refuses everything that is open, now and later. */
  close(error) {
    const open = [...this.#sent.values(), ...this.#waiting];
    this.#sent.clear();
    this.#waiting = [];
    this.#timers.forEach((timer) => this.#clock.clearTimeout(timer));
    this.#timers.clear();
    open.forEach((request) => request.reject(error));
  }

  /** Keeps a room's new requests back while the room is being joined again. */
  gate(room) {
    this.#gatedRooms.add(room);
  }

  ungate(room) {
    this.#gatedRooms.delete(room);
    this.#pump();
  }

  /** Whether some request was written so long ago that its answer can't be on the way. */
  isOverdue() {
    const before = this.#clock.now() - ANSWER_WITHIN_MS;
    return [...this.#sent.values()].some(
      (request) => !request.stalled && !request.patient && request.writtenAt < before);
  }

  #pump() {
    if (this.#write) {
      this.#waiting = this.#waiting.filter((request) => !this.#start(request));
    }
  }

  #start(request) {
    if (this.#sent.size >= WINDOW || this.#isHeld(request)) {
      return false;
    }
    request.id = ++this.#lastId;
    this.#sent.set(request.id, request);
    this.#put(request);
    return true;
  }

  #put(request) {
    request.stalled = false;
    request.writtenAt = this.#clock.now();
    this.#write({ ...request.frame, id: request.id });
  }

  /** New ones wait behind those of the same receiver that must be sent again first. */
  #isHeld(request) {
    if (this.#gatedRooms.has(request.frame.room) && request.frame.type !== 'join') {
      return true;
    }
    return request.lane !== null
      && [...this.#sent.values()].some((other) => other.stalled && share(other.lane, request.lane));
  }

  #refused(request, error) {
    if (error.code === 'INDETERMINATE') {
      this.#stall(request);
      return;
    }
    this.#sent.delete(request.id);
    if (RETRIED_UNDER_NEW_ID.has(error.code) && request.retries > 0) {
      request.retries -= 1;
      this.#later(request.backoff.nextDelayMs(), () => {
        this.#waiting.push(request);
        this.#pump();
      });
    } else {
      request.reject(error);
    }
  }

  /** Written but not confirmed: it goes out again under the same id, after all of its lane are heard of. */
  #stall(request) {
    request.stalled = true;
    if (this.#stallTimer === null) {
      this.#stallTimer = this.#later(request.backoff.nextDelayMs(), () => {
        this.#stallTimer = null;
        this.#resendStalled();
        this.#pump();
      });
    }
  }

  #resendStalled() {
    if (this.#write && this.#stallTimer === null) {
      [...this.#sent.values()]
        .filter((request) => request.stalled && !this.#isAwaitedBeside(request))
        .forEach((request) => this.#put(request));
    }
  }

  #isAwaitedBeside(request) {
    return [...this.#sent.values()].some((other) => !other.stalled && share(other.lane, request.lane));
  }

  #later(delayMs, task) {
    const timer = this.#clock.setTimeout(() => {
      this.#timers.delete(timer);
      task();
    }, delayMs);
    this.#timers.add(timer);
    return timer;
  }
}

/** Signals keep their order towards one receiver, and a broadcast keeps it towards all. */
function laneOf(frame) {
  if (frame.type === 'signal') {
    return frame.to;
  }
  return frame.type === 'broadcast' ? '*' : null;
}

function share(lane, other) {
  return lane !== null && other !== null && (lane === other || lane === '*' || other === '*');
}
