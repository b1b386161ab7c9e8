import { Backoff, systemClock } from './clock.js';
import { Emitter } from './emitter.js';
import { randomId } from './random-id.js';

/** Candidates that came before the description they belong to; more than any browser gathers. */
const MAX_EARLY_CANDIDATES = 256;

/**
 * One RTCPeerConnection that negotiates by itself: W3C's "perfect negotiation" with trickled candidates. What it sends is
 * `{description}` or `{candidate}`, with `link` (this connection's name) and `peer` (the other's, once known), so that what was
 * meant for a connection that is no more is told from what is meant for the present one. Where the other side began anew,
 * so does this one; `{renew}` asks it to. Events: `connection` (a fresh RTCPeerConnection), `state`, `track`, `notes`, `error`.
 */
export class PeerLink extends Emitter {
  #send;
  #options;
  #clock;
  #backoff;
  #queue = Promise.resolve();
  #makingOffer = false;
  #ignoreOffer = false;
  #settingAnswer = false;
  #mayOffer;
  #link = null;
  #peer = null;
  #early = [];
  #lastDescription = null;
  #timers = new Set();
  #closed = false;

  /** @type {RTCPeerConnection} the present connection; replaced when the other side began anew */
  connection = null;

  /**
   * @param {object} options
   * @param {boolean} options.polite gives way when both offer at once; from `member.polite`
   * @param {(data: object) => Promise<void>} options.send carries data to the other side, in order; `room.signal` does
   * @param {() => RTCConfiguration} [options.configuration] asked for each connection and each ICE restart
   * @param {boolean} [options.initiator] false waits for the other side's first offer, which saves collisions
   * @param {(connection: RTCPeerConnection, offers: boolean) => void} [options.prepare] adds tracks and channels to each fresh
   *     connection, which makes the first offer or waits for it
   * @param {() => object} [options.annotate] what else goes with each description; the other side's `notes` event has it
   */
  constructor({ polite, send, initiator = true, clock = systemClock, ...options }) {
    super();
    this.polite = polite;
    this.#send = send;
    this.#clock = clock;
    this.#backoff = new Backoff(clock, 200, 4_000);
    this.#options = {
      RTCPeerConnection: globalThis.RTCPeerConnection,
      configuration: () => ({}),
      annotate: () => ({}),
      prepare: () => {},
      ...options,
    };
    this.#mayOffer = initiator;
    this.#enqueue(() => this.#ensureBegun());
  }

  /** 'new', 'connecting', 'connected', 'disconnected', 'failed' or 'closed'. */
  get state() {
    return this.#closed ? 'closed' : this.connection?.connectionState ?? 'new';
  }

  /** Takes what the other side sent. One at a time, in the order of the calls. */
  receive(data) {
    return this.#enqueue(() => this.#take(data));
  }

  /** Gathers candidates anew, with fresh credentials: after a failure or a change of network. */
  restart() {
    if (!this.#closed && this.connection) {
      this.connection.setConfiguration(this.#options.configuration());
      this.connection.restartIce();
    }
  }

  /** Asks the other side to begin anew with this connection, where it may still hold to one that is no more. */
  renew() {
    this.#ensureBegun();
    this.#post(this.connection, { renew: true });
  }

  close() {
    this.#closed = true;
    this.#timers.forEach((timer) => this.#clock.clearTimeout(timer));
    this.connection?.close();
  }

  #enqueue(task) {
    this.#queue = this.#queue.then(task).catch((error) => this.#report(error));
    return this.#queue;
  }

  #ensureBegun() {
    if (!this.connection && !this.#closed) {
      this.#begin(this.#mayOffer);
    }
  }

  #begin(offers) {
    const connection = new this.#options.RTCPeerConnection(this.#options.configuration());
    this.connection = connection;
    this.#link = randomId();
    this.#peer = null;
    this.#early = [];
    this.#mayOffer = offers;
    this.#makingOffer = this.#ignoreOffer = this.#settingAnswer = false;
    connection.onnegotiationneeded = () => this.#offer(connection);
    connection.onicecandidate = ({ candidate }) => candidate && this.#post(connection, { candidate });
    connection.onconnectionstatechange = () => this.#stateChanged(connection);
    connection.ontrack = (event) => this.emit('track', event);
    this.emit('connection', connection);
    this.#options.prepare(connection, offers);
  }

  async #offer(connection) {
    if (!this.#mayOffer || connection !== this.connection) {
      return;
    }
    this.#makingOffer = true;
    try {
      await connection.setLocalDescription();
      this.#describe(connection);
    } catch (error) {
      this.#report(error);
    } finally {
      this.#makingOffer = false;
    }
  }

  async #take(data) {
    if (this.#closed || data === null || typeof data !== 'object') {
      return;
    }
    this.#ensureBegun();
    if (this.#asksToBeginAnew(data)) {
      this.connection.close();
      this.#begin(Boolean(data.renew));
    }
    if (!this.#isMeantForThis(data)) {
      this.#turnAway(data);
      return;
    }
    this.#peer = data.link ?? this.#peer;
    if (data.description) {
      await this.#takeDescription(this.connection, data);
    } else if (data.candidate) {
      await this.#takeCandidate(this.connection, data.candidate);
    }
  }

  /** A first offer from a connection other than the known one, or a plain request. */
  #asksToBeginAnew({ link, renew, description }) {
    if (renew) {
      return link !== this.#peer;
    }
    return description?.type === 'offer' && this.#isStranger(link);
  }

  #isStranger(link) {
    return link !== undefined && this.#peer !== null && link !== this.#peer;
  }

  #isMeantForThis({ link, peer }) {
    return !this.#isStranger(link) && (peer === undefined || peer === this.#link);
  }

  /** An offer to a predecessor would wait for its answer for ever. */
  #turnAway({ description }) {
    if (description?.type === 'offer') {
      this.renew();
    }
  }

  async #takeDescription(connection, { description, ...notes }) {
    const isOffer = description.type === 'offer';
    const readyForOffer = !this.#makingOffer && (connection.signalingState === 'stable' || this.#settingAnswer);
    this.#ignoreOffer = isOffer && !readyForOffer && !this.polite;
    if (this.#ignoreOffer || (!isOffer && connection.signalingState !== 'have-local-offer')) {
      return;
    }
    this.#mayOffer = true;
    this.emit('notes', notes);
    this.#settingAnswer = !isOffer;
    try {
      await connection.setRemoteDescription(description);
    } finally {
      this.#settingAnswer = false;
    }
    await this.#takeEarlyCandidates(connection);
    if (isOffer) {
      await connection.setLocalDescription();
      this.#describe(connection);
    }
  }

  /** A candidate may overtake its description where one of both had to be sent again. */
  async #takeCandidate(connection, candidate) {
    try {
      await connection.addIceCandidate(candidate);
    } catch {
      if (!this.#ignoreOffer && this.#early.length < MAX_EARLY_CANDIDATES) {
        this.#early.push(candidate);
      }
    }
  }

  async #takeEarlyCandidates(connection) {
    for (const candidate of this.#early.splice(0)) {
      await connection.addIceCandidate(candidate).catch(() => {});
    }
  }

  #describe(connection) {
    const message = { description: connection.localDescription, ...this.#options.annotate() };
    this.#lastDescription = message;
    this.#post(connection, message);
  }

  /** Sends, and sends again while that may help and nothing newer made it pointless. */
  async #post(connection, message) {
    if (this.#isPointless(connection, message)) {
      return;
    }
    const addressed = { ...message, link: this.#link };
    if (this.#peer !== null) {
      addressed.peer = this.#peer;
    }
    try {
      await this.#send(addressed);
      this.#backoff.reset();
    } catch (error) {
      if (error.retry) {
        this.#later(() => this.#post(connection, message));
      } else {
        this.#report(error);
      }
    }
  }

  #isPointless(connection, message) {
    const superseded = message.description !== undefined && message !== this.#lastDescription;
    return this.#closed || connection !== this.connection || superseded;
  }

  #later(task) {
    const timer = this.#clock.setTimeout(() => {
      this.#timers.delete(timer);
      task();
    }, this.#backoff.nextDelayMs());
    this.#timers.add(timer);
  }

  #stateChanged(connection) {
    if (!this.#closed && connection === this.connection) {
      this.emit('state', connection.connectionState);
    }
  }

  #report(error) {
    if (!this.#closed) {
      this.emit('error', error);
    }
  }
}
