import { systemClock } from './clock.js';
import { Emitter } from './emitter.js';
import { StarlingError } from './errors.js';
import { Requests } from './requests.js';
import { Room } from './room.js';
import { Session } from './session.js';

/** Room for the id, which a request gets later than its size is judged. */
const ID_BYTES = 24;

const DEFAULTS = { attempts: 3, token: null, clock: systemClock };

/**
 * Connects to a Starling server.
 *
 * @param {object} [options]
 * @param {string} [options.url] where the server is; `https://host` stands for `wss://host/v1/ws`; the page's own by default
 * @param {string[]} [options.urls] several of them, tried in order
 * @param {string | (() => string | Promise<string>)} [options.token] the room token, or what fetches a fresh one
 * @param {number} [options.attempts] how often to try before the first success, 3 by default
 * @returns {Promise<Client>} once the session is served
 * @throws {StarlingError} when no server could be reached, or one turned the client away
 */
export async function connect(options = {}) {
  const client = new Client(options);
  await client.ready;
  return client;
}

/**
 * A session with the flock. It outlives its connections: when one breaks, the client resumes on another node, and what was
 * under way goes on. Events: `state`, `error`.
 */
export class Client extends Emitter {
  #session;
  #requests;
  #settled = false;

  /** Rooms that went on without this session, to be joined again after the replay, which may say that they're over. */
  #lostRooms = [];
  #resolveReady;
  #rejectReady;
  #wake = () => this.#session.wake();

  /** @type {'connecting' | 'connected' | 'reconnecting' | 'closed'} */
  state = 'connecting';

  /** @type {Map<string, Room>} the rooms that this session is in, by name */
  rooms = new Map();

  /** @internal use {@link connect} */
  constructor({ url, urls, ...options }) {
    super();
    const complete = { ...DEFAULTS, WebSocket: globalThis.WebSocket, ...options, urls: urls ?? [url ?? location.origin] };
    this.ready = new Promise((resolve, reject) => {
      this.#resolveReady = resolve;
      this.#rejectReady = reject;
    });
    this.clock = complete.clock;
    this.#requests = new Requests(complete.clock);
    this.#session = new Session(complete, {
      welcome: (frame) => this.#welcomed(frame),
      serve: (write) => this.#serve(write),
      frame: (frame) => this.#route(frame),
      beat: () => this.#checkAnswers(),
      lost: (error, retryInMs) => this.#lost(error, retryInMs),
      ended: (error) => this.#end(error),
    });
    globalThis.addEventListener?.('online', this.#wake);
    globalThis.addEventListener?.('pageshow', this.#wake);
    this.#session.connect();
  }

  /** RTCPeerConnection's `iceServers`, with the credentials that the server minted last. */
  get iceServers() {
    return this.#session.welcome?.iceServers ?? [];
  }

  /** Round trip to the server in milliseconds, or null before it was measured. */
  get rtt() {
    return this.#session.rttMs;
  }

  get user() {
    return this.#session.welcome?.user ?? null;
  }

  /** The node and region that serve this session now. */
  get node() {
    return this.#session.welcome?.node ?? null;
  }

  get region() {
    return this.#session.welcome?.region ?? null;
  }

  /** The bounds that the server announced, in bytes and counts. */
  get limits() {
    return this.#session.welcome?.limits ?? {};
  }

  /**
   * Joins a room.
   *
   * @param {string} name
   * @param {{profile?: object, password?: string, onWaiting?: () => void}} [options] `onWaiting` runs when the room has a lobby
   *     and somebody must let this member in first
   * @returns {Promise<Room>}
   */
  async join(name, options = {}) {
    if (this.rooms.has(name)) {
      throw new StarlingError('INVALID', `already in room ${name}`);
    }
    const room = new Room(this, name, options);
    this.rooms.set(name, room);
    try {
      await room.enter({ retries: 3 });
    } catch (error) {
      this.rooms.delete(name);
      throw error;
    }
    return room;
  }

  /** Drops the connection and resumes the session on another, as after a change of network. Nothing is lost. */
  reconnect() {
    this.#session.reconnect('reconnect');
  }

  /** Ends the session: its rooms see it leave at once. */
  close() {
    if (this.state !== 'closed') {
      this.#session.close();
      this.#end(new StarlingError('CLOSED', 'the client was closed'));
    }
  }

  /** @internal one request, answered over as many connections as it takes */
  request(frame, options) {
    if (this.state === 'closed') {
      return Promise.reject(new StarlingError('CLOSED', 'the client is closed'));
    }
    const size = new TextEncoder().encode(JSON.stringify(frame)).length + ID_BYTES;
    if (size > (this.limits.messageBytes ?? Infinity)) {
      return Promise.reject(new StarlingError('TOO_LARGE', `${size} bytes, at most ${this.limits.messageBytes}`));
    }
    return this.#requests.submit(frame, options);
  }

  /** @internal the room is out of use */
  forget(room) {
    if (this.rooms.get(room.name) === room) {
      this.rooms.delete(room.name);
      this.#requests.ungate(room.name);
      this.#lostRooms = this.#lostRooms.filter((lost) => lost !== room);
    }
  }

  #welcomed({ resumed, rooms = [] }) {
    if (!resumed) {
      this.#requests.abandon();
    }
    this.#lostRooms = [];
    for (const room of this.rooms.values()) {
      if (room.state === 'joined' && !(resumed && rooms.includes(room.name))) {
        this.#requests.gate(room.name);
        this.#lostRooms.push(room);
      }
    }
  }

  /** The room went on without this session: its requests wait until it's back in. */
  async #rejoin(room) {
    try {
      await room.enter({ retries: Infinity });
    } catch (error) {
      room.end('error', error);
    } finally {
      this.#requests.ungate(room.name);
    }
  }

  #serve(write) {
    this.#requests.open(write);
    this.#lostRooms.splice(0).forEach((room) => this.#rejoin(room));
    this.#changeState('connected');
    if (!this.#settled) {
      this.#settled = true;
      this.#resolveReady();
    }
  }

  #route(frame) {
    if (frame.room !== undefined && frame.id === undefined) {
      this.rooms.get(frame.room)?.receive(frame);
    } else if (frame.id !== undefined) {
      this.#requests.settle(frame);
    } else if (frame.type === 'error') {
      this.emit('error', StarlingError.ofFrame(frame));
    }
  }

  #checkAnswers() {
    if (this.#requests.isOverdue()) {
      this.#session.reconnect('an answer is overdue');
    }
  }

  #lost(error, retryInMs) {
    this.#requests.suspend();
    this.#changeState(this.#settled ? 'reconnecting' : 'connecting', { error, retryInMs });
  }

  #end(error) {
    globalThis.removeEventListener?.('online', this.#wake);
    globalThis.removeEventListener?.('pageshow', this.#wake);
    this.#requests.suspend();
    this.#requests.close(error);
    this.#changeState('closed', { error });
    [...this.rooms.values()].forEach((room) => room.end('closed', error));
    if (!this.#settled) {
      this.#settled = true;
      this.#rejectReady(error);
    }
  }

  #changeState(state, detail = {}) {
    const changed = state !== this.state || detail.retryInMs !== undefined;
    this.state = state;
    if (changed) {
      this.emit('state', { state, ...detail });
    }
  }
}
