import { connect } from '../../../main/web/sdk/starling.js';

/** Virtual time: nothing happens until a test says so. Chance always takes the upper bound. */
export class FakeClock {
  #timers = new Map();
  #nextTimer = 1;
  #nowMs = 0;

  now = () => this.#nowMs;

  random = () => 1;

  setTimeout = (task, delayMs) => {
    const timer = this.#nextTimer++;
    this.#timers.set(timer, { task, dueMs: this.#nowMs + delayMs });
    return timer;
  };

  clearTimeout = (timer) => this.#timers.delete(timer);

  /** Lets time pass, running what falls due in order. */
  async advance(byMs) {
    const endMs = this.#nowMs + byMs;
    for (let due = this.#next(endMs); due; due = this.#next(endMs)) {
      const [timer, { task, dueMs }] = due;
      this.#timers.delete(timer);
      this.#nowMs = Math.max(this.#nowMs, dueMs);
      task();
      await settle();
    }
    this.#nowMs = endMs;
  }

  /** Time passes while the page sleeps: timers are late. */
  async sleep(byMs) {
    this.#nowMs += byMs;
    await this.advance(0);
  }

  #next(endMs) {
    return [...this.#timers].filter(([, { dueMs }]) => dueMs <= endMs).sort(([, a], [, b]) => a.dueMs - b.dueMs)[0];
  }
}

/** Lets all promises that can go on do so. */
export const settle = () => new Promise((resolve) => { setImmediate(resolve); });

/** A WebSocket whose other end is the test. */
class FakeSocket {
  frames = [];
  closedWith = null;

  constructor(url, subprotocol) {
    this.url = url;
    this.subprotocol = subprotocol;
  }

  send(text) {
    this.frames.push(JSON.parse(text));
  }

  close(code) {
    this.closedWith = code;
  }

  /** What the client wrote since the last call, without pings. */
  taken() {
    return this.frames.splice(0).filter(({ type }) => type !== 'ping');
  }

  async open() {
    this.onopen?.();
    await settle();
  }

  async receive(...frames) {
    frames.forEach((frame) => this.onmessage?.({ data: JSON.stringify(frame) }));
    await settle();
  }

  async drop(code = 1006, reason = '') {
    this.onclose?.({ code, reason });
    await settle();
  }
}

/** Every socket that the client opens, newest last. */
export class FakeNetwork {
  sockets = [];

  get WebSocket() {
    const { sockets } = this;
    return function WebSocket(url, subprotocol) {
      sockets.push(new FakeSocket(url, subprotocol));
      return sockets.at(-1);
    };
  }

  get last() {
    return this.sockets.at(-1);
  }
}

export const WELCOME = {
  type: 'welcome', session: 'S1', resumeToken: 'T1', resumed: false, offset: 'o0', user: 'ada', node: 'n1', region: 'r1',
  urls: [], rooms: [], heartbeatMs: 5000, confirmMs: 200, iceServers: [], limits: { messageBytes: 4096 },
};

export const member = (id, extra = {}) => ({
  member: id, user: `user-${id}`, role: 'member', region: 'r1', polite: false, profile: {}, since: '2026-01-01T00:00:00.000Z', ...extra,
});

export const joined = (room, extra = {}) => ({
  type: 'joined', room, self: 'M1', role: 'member', members: [], settings: {}, chat: [], degraded: [], copies: 1, offset: 'o1', ...extra,
});

/** A client that was welcomed, the network it's on and its clock. */
export async function connectedClient(options = {}, welcome = {}) {
  const clock = new FakeClock();
  const network = new FakeNetwork();
  const connecting = connect({ url: 'ws://one.test', clock, WebSocket: network.WebSocket, ...options });
  await settle();
  await network.last.open();
  await network.last.receive({ ...WELCOME, ...welcome });
  const client = await connecting;
  network.last.taken();
  return { client, clock, network };
}

/** A client in room `garden` with one other member, M2. */
export async function clientInRoom(options, welcome) {
  const world = await connectedClient(options, welcome);
  const joining = world.client.join('garden', { profile: { name: 'Ada' } });
  await settle();
  const [{ id }] = world.network.last.taken();
  await world.network.last.receive(joined('garden', { id, members: [member('M2')] }));
  const room = await joining;
  await world.clock.advance(200);
  world.network.last.taken();
  return { ...world, room };
}

/** Breaks the connection and lets time pass until the client tries the next. */
export async function dropUntilNextAttempt({ clock, network }, closeCode = 1006) {
  const broken = network.last;
  await broken.drop(closeCode);
  for (let waitedMs = 0; network.last === broken && waitedMs <= 10_000; waitedMs += 50) {
    await clock.advance(50);
  }
}

/** Breaks the connection and brings the next one up to its hello, which is returned. */
export async function comeBack(world, closeCode) {
  await dropUntilNextAttempt(world, closeCode);
  await world.network.last.open();
  return world.network.last.taken()[0];
}

/** The outcome of a promise as a value: 'pending', or how it ended. */
export function outcome(promise) {
  const state = { status: 'pending' };
  promise.then(
    (value) => Object.assign(state, { status: 'fulfilled', value }),
    (error) => Object.assign(state, { status: 'rejected', error }),
  );
  return state;
}
