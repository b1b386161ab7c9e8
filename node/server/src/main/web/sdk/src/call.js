import { CallPeer } from './call-peer.js';
import { EarlyWords } from './early-words.js';
import { Emitter } from './emitter.js';
import { LocalTracks } from './local-tracks.js';
import { randomId } from './random-id.js';

/** Reasons that say that signaling lost sight of a member, not that it went: its media may well go on. */
const OUT_OF_SIGHT = new Set(['timeout', 'region']);

const DEFAULTS = { stream: null, configuration: {}, qualityMs: 2_000, lingerMs: 30_000 };

/**
 * A call among all members of a room that have one: everybody is connected with everybody. Media go on while signaling is
 * lost. The member's profile carries `media` (who sends what), so use `setProfile` for the rest of it. Events: `peer`, `gone`,
 * `member`, `stream`, `state`, `quality`, `local`, `error`.
 */
export class Call extends Emitter {
  #options;
  #local;
  #early = new EarlyWords();
  #lingering = new Map();
  #unsubscribe = [];
  #qualityTimer = null;
  #published = '';
  #closed = false;

  /** The others, by member id. @type {Map<string, CallPeer>} */
  peers = new Map();

  /** Tells this call from another one of the same member, and finds it again after a change of session. */
  id = randomId();

  /**
   * @param {import('./room.js').Room} room
   * @param {object} [options]
   * @param {MediaStream | null} [options.stream] camera and microphone
   * @param {RTCConfiguration} [options.configuration] what to add to the server's `iceServers`, say `iceTransportPolicy`
   * @param {number} [options.qualityMs] how often to look at the connections
   * @param {number} [options.lingerMs] how long media of a member out of sight go on at most
   */
  constructor(room, options = {}) {
    super();
    this.room = room;
    this.#options = { ...DEFAULTS, ...options };
    this.#local = new LocalTracks(this.#options.stream);
    queueMicrotask(() => this.#start());
  }

  /** The track that is sent as 'audio', 'video', 'screen' or 'screenAudio', or null. */
  track(slot) {
    return this.#local.get(slot);
  }

  /** @returns {{audio: boolean, video: boolean}} */
  get muted() {
    return this.#local.muted;
  }

  /** Sends another track in a slot, or none: a change of device needs no new negotiation. */
  async setTrack(slot, track) {
    this.#local.set(slot, track);
    await Promise.all([...this.peers.values()].map((peer) => peer.setTrack(slot, track ?? null)));
    this.#localChanged();
  }

  /** Mutes or unmutes 'audio' or 'video'; the others are told. */
  mute(slot, muted = true) {
    this.#local.mute(slot, muted);
    this.#localChanged();
  }

  /** Shares a screen, a window or a tab; without `stream` the browser asks which. */
  async shareScreen(stream) {
    const shared = stream ?? await navigator.mediaDevices.getDisplayMedia({ video: true, audio: true });
    const [video] = shared.getVideoTracks();
    const [audio] = shared.getAudioTracks();
    video.contentHint = 'detail';
    video.addEventListener('ended', () => this.track('screen') === video && this.stopScreen());
    await this.setTrack('screen', video);
    if (audio) {
      await this.setTrack('screenAudio', audio);
    }
    return shared;
  }

  async stopScreen() {
    const tracks = [this.track('screen'), this.track('screenAudio')];
    tracks.forEach((track) => track?.stop());
    await this.setTrack('screen', null);
    await this.setTrack('screenAudio', null);
  }

  /** Changes parts of this member's profile: a name, a raised hand. */
  async setProfile(changes) {
    await this.#publish(changes);
  }

  /** Ends the call; the room goes on without it. The tracks belong to the application, except a shared screen's. */
  close() {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    this.#unsubscribe.forEach((unsubscribe) => unsubscribe());
    this.#clock.clearTimeout(this.#qualityTimer);
    this.#lingering.forEach((timer) => this.#clock.clearTimeout(timer));
    [...this.peers.values()].forEach((peer) => this.#remove(peer, 'closed'));
    this.track('screen')?.stop();
    this.track('screenAudio')?.stop();
    if (this.room.state !== 'ended') {
      const { media, ...rest } = this.room.ownProfile;
      this.room.profile(rest).catch(() => {});
    }
  }

  get #clock() {
    return this.room.client.clock;
  }

  #start() {
    if (this.#closed) {
      return;
    }
    const { room } = this;
    this.#unsubscribe = [
      room.on('joined', ({ member }) => this.#see(member)),
      room.on('updated', ({ member }) => this.#see(member)),
      room.on('left', ({ member, reason }) => this.#lose(member, reason)),
      room.on('signal', ({ from, data }) => this.#hear(from, data)),
      room.on('rejoined', ({ previousSelf }) => this.#comeBack(previousSelf)),
      room.on('ended', () => this.close()),
      room.client.on('state', ({ state }) => state === 'connected' && this.#mend()),
    ];
    this.#localChanged();
    room.members.forEach((member) => this.#see(member));
    this.#watchQuality();
  }

  /** A member that has a call is a peer; the same one may come again after it was out of sight. */
  #see(member) {
    const peer = this.peers.get(member.member);
    if (!member.profile?.media) {
      this.#remove(peer, 'leave');
      return;
    }
    if (!peer) {
      this.#forgetFormer(member);
      this.#add(member);
      return;
    }
    peer.member = member;
    this.#endLingering(peer);
    this.emit('member', { peer });
  }

  #add(member) {
    const options = {
      clock: this.#clock,
      send: (data) => this.room.signal(member.member, data),
      configuration: () => ({ iceServers: this.room.client.iceServers, ...this.#options.configuration }),
    };
    const peer = new CallPeer(member, this.#local, options);
    this.peers.set(member.member, peer);
    peer.on('stream', ({ group, stream }) => this.emit('stream', { peer, group, stream }));
    peer.on('state', (state) => this.#connectionChanged(peer, state));
    peer.on('error', (error) => this.emit('error', error));
    this.emit('peer', { peer });
    this.#early.take(member.member).forEach((data) => peer.link.receive(data));
    return peer;
  }

  #remove(peer, reason) {
    if (peer && this.peers.get(peer.member.member) === peer) {
      this.peers.delete(peer.member.member);
      this.#endLingering(peer);
      peer.close();
      this.emit('gone', { peer, reason });
    }
  }

  #lose(member, reason) {
    this.#early.take(member.member);
    const peer = this.peers.get(member.member);
    if (peer && OUT_OF_SIGHT.has(reason) && peer.state === 'connected' && !this.#sameCall(peer.member)) {
      peer.present = false;
      this.#lingering.set(peer, this.#clock.setTimeout(() => this.#remove(peer, reason), this.#options.lingerMs));
      this.emit('member', { peer });
    } else {
      this.#remove(peer, reason);
    }
  }

  #endLingering(peer) {
    this.#clock.clearTimeout(this.#lingering.get(peer));
    this.#lingering.delete(peer);
    peer.present = true;
  }

  /** Removes the peer that was this member before its session ended and it joined anew. */
  #forgetFormer(member) {
    const former = this.#sameCall(member);
    if (former && !former.present) {
      this.#remove(former, 'timeout');
    }
  }

  /** The peer that has the same call as this member, under another member id. */
  #sameCall({ member, profile }) {
    return [...this.peers.values()].find((peer) =>
      peer.member.member !== member && peer.member.profile.media.id === profile.media.id);
  }

  #hear(from, data) {
    if (data?.link === undefined) {
      return;
    }
    const peer = this.peers.get(from);
    if (peer) {
      peer.link.receive(data);
    } else {
      this.#early.keep(from, data);
    }
  }

  /**
   * This session was out of the room. As the same member, what is connected stays, and the rest begins anew; as another one,
   * everything does.
   */
  #comeBack(previousSelf) {
    const sameMember = previousSelf === this.room.self;
    for (const peer of [...this.peers.values()]) {
      const member = this.room.members.get(peer.member.member);
      if (member && !(sameMember && peer.state === 'connected')) {
        this.#remove(peer, 'timeout');
        const renewed = this.#add(member);
        if (member.polite) {
          renewed.link.renew();
        }
      }
    }
  }

  #connectionChanged(peer, state) {
    if (state === 'failed' && !peer.present) {
      this.#remove(peer, 'timeout');
      return;
    }
    if (state === 'failed' && this.room.client.state === 'connected') {
      peer.link.restart();
    }
    this.emit('state', { peer, state });
  }

  /** Signaling is back: connections that broke meanwhile can be mended now. */
  #mend() {
    [...this.peers.values()]
      .filter(({ state }) => state === 'failed' || state === 'disconnected')
      .forEach((peer) => peer.link.restart());
  }

  #localChanged() {
    this.emit('local', { muted: this.muted });
    this.#publish({}).catch((error) => this.emit('error', error));
  }

  async #publish(changes) {
    const profile = { ...this.room.ownProfile, ...changes, media: { id: this.id, ...this.#local.describe() } };
    const text = JSON.stringify(profile);
    if (text !== this.#published) {
      this.#published = text;
      await this.room.profile(profile).catch((error) => {
        this.#published = '';
        throw error;
      });
    }
  }

  #watchQuality() {
    this.#qualityTimer = this.#clock.setTimeout(async () => {
      await Promise.all([...this.peers.values()].map((peer) => this.#measure(peer)));
      if (!this.#closed) {
        this.#watchQuality();
      }
    }, this.#options.qualityMs);
  }

  async #measure(peer) {
    if (await peer.measure()) {
      this.emit('quality', { peer, quality: peer.quality });
    }
  }
}
