import { Emitter } from './emitter.js';

/** Chat that a room keeps at hand; older messages come by `history`. */
const MESSAGES_KEPT = 500;

/** Another try under a new id has no second effect where the server says that the first had none. */
const RETRIES = 3;

/** The session is out of the room for good, by another's decision. */
const EXPELLED = new Set(['kicked', 'banned', 'closed', 'timeout']);

/**
 * A room as this session sees it. Events: `joined`, `updated`, `left` (members), `signal`, `broadcast`, `chat`, `settings`,
 * `degraded`, `knock`, `mute`, `announcement`, `rejoined`, `ended`.
 */
export class Room extends Emitter {
  #password;
  #onWaiting;

  /** @type {'joining' | 'joined' | 'ended'} */
  state = 'joining';

  /** This session's member id, the same in all its rooms. */
  self = null;
  role = null;

  /** The other members by id. @type {Map<string, object>} */
  members = new Map();

  /** The newest chat messages, oldest first, one's own included. */
  messages = [];
  settings = {};

  /** Regions that can't be reached now, and since when; empty when all is well. */
  degraded = [];

  /** @internal use {@link Client.join} */
  constructor(client, name, { profile = {}, password, onWaiting = () => {} }) {
    super();
    this.client = client;
    this.name = name;
    this.ownProfile = profile;
    this.#password = password;
    this.#onWaiting = onWaiting;
  }

  /**
   * Sends `data` to one member.
   *
   * @returns {Promise<void>} once the receiver confirmed it
   * @throws {StarlingError} whose `retry` says whether sending it again makes sense
   */
  async signal(to, data) {
    await this.#request({ type: 'signal', to, data: data ?? null });
  }

  /**
   * Sends `data` to all others who are present.
   *
   * @returns {Promise<{missed: string[]}>} once they confirmed; `missed` names those who could not be reached
   */
  async broadcast(data) {
    const { missed = [] } = await this.#request({ type: 'broadcast', data: data ?? null });
    return { missed };
  }

  /** Writes a chat message. @returns {Promise<object>} the message, once two servers hold it */
  async chat(data) {
    let own;
    const apply = ({ message, at }) => {
      own = { message, from: this.self, user: this.client.user, at, data: data ?? null };
      this.#keep(own);
    };
    await this.#request({ type: 'chat', data: data ?? null }, { retries: RETRIES, apply });
    return own;
  }

  /** Fetches older chat. @returns {Promise<{messages: object[], more: boolean}>} */
  async history({ before, limit = 50 } = {}) {
    const { messages, more } = await this.#request({ type: 'history', before, limit }, { retries: RETRIES });
    return { messages, more };
  }

  /** Replaces this member's profile, which all others see. */
  async profile(profile) {
    this.ownProfile = profile;
    try {
      await this.#request({ type: 'profile', profile }, { retries: RETRIES });
    } catch (error) {
      // Joining again under a new session carries the profile.
      if (error.code !== 'SESSION_LOST') {
        throw error;
      }
    }
  }

  /**
   * Changes the room's settings; for moderators. What isn't named stays as it is.
   *
   * @param {{limit?: number, locked?: boolean, lobby?: boolean, password?: string, metadata?: object}} change an empty
   *     password for none
   */
  async configure(change) {
    await this.#request({ type: 'settings', settings: change }, { retries: RETRIES, apply: () => this.#configured(change) });
  }

  /**
   * Acts on a member or user; for moderators.
   *
   * @param {'kick' | 'ban' | 'unban' | 'admit' | 'deny' | 'mute' | 'close'} action
   * @param {{member?: string, user?: string, seconds?: number}} [target]
   */
  async moderate(action, target = {}) {
    await this.#request({ type: 'moderate', action, ...target }, { retries: RETRIES });
  }

  /** Leaves; the others see it at once. */
  async leave() {
    if (this.state === 'ended') {
      return;
    }
    const answered = this.#request({ type: 'leave' }, { retries: RETRIES });
    this.end('leave');
    try {
      await answered;
    } catch (error) {
      if (!['SESSION_LOST', 'NOT_IN_ROOM', 'CLOSED'].includes(error.code)) {
        throw error;
      }
    }
  }

  /** @internal asks to be let in, over and over where a session ends before the answer */
  async enter({ retries }) {
    this.state = 'joining';
    const options = { retries, apply: (frame) => this.receive(frame), progress: () => this.#onWaiting() };
    for (;;) {
      try {
        const frame = { type: 'join', room: this.name, profile: this.ownProfile, password: this.#password };
        await this.client.request(frame, options);
        return;
      } catch (error) {
        if (error.code !== 'SESSION_LOST') {
          throw error;
        }
      }
    }
  }

  /** @internal no event comes after this */
  end(reason, error) {
    if (this.state !== 'ended') {
      this.state = 'ended';
      this.client.forget(this);
      this.emit('ended', { reason, error });
    }
  }

  /** @internal takes an event of this room */
  receive(frame) {
    if (this.state === 'ended') {
      return;
    }
    switch (frame.type) {
      case 'joined': return this.#snapshot(frame);
      case 'member': return this.#memberChanged(frame);
      case 'signal':
      case 'broadcast': return this.emit(frame.type, this.#relayed(frame));
      case 'chat': return this.#chatted(frame.message);
      case 'settings': this.settings = frame.settings; return this.emit('settings', frame.settings);
      case 'degraded': this.degraded = frame.degraded; return this.emit('degraded', frame.degraded);
      case 'knock': return this.emit('knock', { member: frame.member, user: frame.user, profile: frame.profile });
      case 'mute': return this.emit('mute', { from: frame.from });
      case 'announcement': return this.emit('announcement', { data: frame.data });
      default: return undefined;
    }
  }

  #request(frame, options) {
    return this.client.request({ ...frame, room: this.name }, options);
  }

  /** The state as a whole: at the first join, and after an absence that was too long to replay. */
  #snapshot({ self, role, members = [], settings, chat, degraded }) {
    const previousSelf = this.self;
    Object.assign(this, { state: 'joined', self, role, settings: settings ?? {}, degraded: degraded ?? [] });
    this.messages = chat ?? [];
    const present = new Set(members.map(({ member }) => member));
    for (const member of [...this.members.values()]) {
      if (!present.has(member.member)) {
        this.#remove(member, 'timeout');
      }
    }
    if (previousSelf === null) {
      members.forEach((member) => this.members.set(member.member, member));
    } else {
      members.forEach((member) => this.#put(member));
      this.emit('rejoined', { previousSelf });
    }
  }

  #memberChanged({ event, member, reason }) {
    if (member.member === this.self) {
      if (event === 'left' && EXPELLED.has(reason)) {
        this.end(reason);
      }
    } else if (event === 'left') {
      this.#remove(this.members.get(member.member), reason);
    } else {
      this.#put(member);
    }
  }

  #put(member) {
    const previous = this.members.get(member.member);
    this.members.set(member.member, member);
    if (!previous) {
      this.emit('joined', { member });
    } else if (JSON.stringify(previous) !== JSON.stringify(member)) {
      this.emit('updated', { member, previous });
    }
  }

  #remove(member, reason) {
    if (member) {
      this.members.delete(member.member);
      this.emit('left', { member, reason });
    }
  }

  /** The author of a change is told only that it's done. */
  #configured({ limit, locked, lobby, password, metadata }) {
    const most = this.client.limits.membersPerRoom ?? Infinity;
    const guarded = typeof password === 'string' ? password !== '' : undefined;
    const told = { limit: limit && Math.min(limit, most), locked, lobby, password: guarded, metadata };
    const changed = Object.entries(told).filter(([, value]) => value !== undefined && value !== null);
    this.settings = { ...this.settings, ...Object.fromEntries(changed) };
  }

  #relayed({ from, data, encoding }) {
    return { from, member: this.members.get(from), data: encoding === 'base64' ? decodeBase64(data) : data };
  }

  #chatted(message) {
    if (this.#keep(message)) {
      this.emit('chat', message);
    }
  }

  #keep(message) {
    const known = this.messages.some((other) => other.message === message.message);
    if (!known) {
      this.messages = [...this.messages, message].slice(-MESSAGES_KEPT);
    }
    return !known;
  }
}

function decodeBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
