import { Emitter } from './emitter.js';
import { SLOTS } from './local-tracks.js';
import { PeerLink } from './peer-link.js';
import { QualityMeter } from './quality.js';

/** Negotiated even without a device, so that one can be switched on later without a new negotiation. */
const ALWAYS_OFFERED = ['audio', 'video'];

/**
 * Another member of a call: the connection to it, and the streams that come from it. Events: `stream`, `state`, `quality`,
 * `error`.
 */
export class CallPeer extends Emitter {
  #local;
  #senders = new Map();
  #meter = new QualityMeter();
  #remoteScreenId = null;

  /** Camera and microphone, or null while nothing came. @type {MediaStream | null} */
  camera = null;

  /** The shared screen; whether it's shared now is in `member.profile.media.screen`. @type {MediaStream | null} */
  screen = null;

  /** @type {{level: 'good' | 'fair' | 'poor' | 'lost', loss: number, rttMs: number | null}} */
  quality = { level: 'lost', loss: 0, rttMs: null };

  /** False while the member is out of sight of signaling and only its media go on. */
  present = true;

  /**
   * @internal
   * @param {object} member
   * @param {import('./local-tracks.js').LocalTracks} local what this side sends
   * @param {object} options for the link
   */
  constructor(member, local, options) {
    super();
    this.member = member;
    this.#local = local;
    this.link = new PeerLink({
      ...options,
      polite: member.polite,
      initiator: !member.polite,
      prepare: (connection, offers) => this.#prepare(connection, offers),
      annotate: () => ({ streams: { camera: local.groups.camera.id, screen: local.groups.screen.id } }),
    });
    this.link.on('notes', ({ streams }) => { this.#remoteScreenId = streams?.screen ?? null; });
    this.link.on('track', (event) => this.#tracked(event));
    this.link.on('state', (state) => this.emit('state', state));
    this.link.on('error', (error) => this.emit('error', error));
  }

  /** 'new', 'connecting', 'connected', 'disconnected', 'failed' or 'closed'. */
  get state() {
    return this.link.state;
  }

  /** @internal sends another track in this slot, or none */
  async setTrack(slot, track) {
    const sender = this.#senders.get(slot);
    if (sender) {
      await sender.replaceTrack(track);
    } else if (track && this.link.connection) {
      this.#add(this.link.connection, slot, track);
    }
  }

  /** @internal looks at the connection's statistics; true when the verdict changed */
  async measure() {
    if (!this.link.connection) {
      return false;
    }
    const { level } = this.quality;
    this.quality = await this.#meter.measure(this.link.connection);
    return this.quality.level !== level;
  }

  /** @internal */
  close() {
    this.link.close();
  }

  #prepare(connection, offers) {
    this.#senders.clear();
    this.camera = this.screen = null;
    for (const slot of Object.keys(SLOTS)) {
      const track = this.#local.get(slot);
      if (track) {
        this.#add(connection, slot, track);
      } else if (offers && ALWAYS_OFFERED.includes(slot)) {
        this.#reserve(connection, slot);
      }
    }
  }

  #add(connection, slot, track) {
    this.#senders.set(slot, connection.addTrack(track, this.#local.groupOf(slot)));
  }

  #reserve(connection, slot) {
    const { sender } = connection.addTransceiver(SLOTS[slot].kind, { streams: [this.#local.groupOf(slot)] });
    this.#senders.set(slot, sender);
  }

  #tracked({ streams: [stream] }) {
    const group = stream?.id === this.#remoteScreenId ? 'screen' : 'camera';
    // Once for all tracks of a stream: the later ones show up in it by themselves.
    if (stream && this[group] !== stream) {
      this[group] = stream;
      this.emit('stream', { group, stream });
    }
  }
}
