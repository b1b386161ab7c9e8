import { byId } from './dom.js';
import { keepFilled } from './layout.js';
import { toast } from './notices.js';
import { Tile } from './tile.js';

/** From this level on a sound counts as speech, on the scale of 0 to 1 that WebRTC reports. */
const SPEECH_LEVEL = 0.03;
const SPEECH_POLL_MS = 250;

keepFilled(byId('tiles'));

/** The pictures of everybody in the call. A shared screen takes the middle, and faces go to the side. */
export class Stage {
  #call;
  #people = new Map();
  #screens = new Map();
  #self = new Tile('self', { self: true });
  #ownScreen = null;
  #blocked = [];
  #poll;

  constructor(call, name) {
    this.#call = call;
    this.#self.setName(name, `${name} (you)`);
    byId('tiles').prepend(this.#self.element);
    call.on('peer', ({ peer }) => this.#add(peer));
    call.on('gone', ({ peer }) => this.#remove(peer));
    ['member', 'stream', 'state', 'quality'].forEach((type) => call.on(type, ({ peer }) => this.#show(peer)));
    call.on('local', () => this.showSelf());
    this.#poll = setInterval(() => this.#showSpeech(), SPEECH_POLL_MS);
    this.showSelf();
    this.#count();
  }

  close() {
    clearInterval(this.#poll);
    [this.#self, this.#ownScreen, ...this.#people.values(), ...this.#screens.values()].forEach((tile) => tile?.remove());
  }

  /** This person's own picture, as the others see it. */
  showSelf() {
    const camera = this.#call.track('video');
    this.#self.stream = camera ? this.#streamOf(camera) : null;
    this.#self.picture = Boolean(camera);
    this.#self.muted = this.#call.muted.audio || !this.#call.track('audio');
    this.#self.hand = Boolean(this.#call.room.ownProfile.hand);
    this.#showOwnScreen(this.#call.track('screen'));
  }

  /** One stream a track, so that a picture isn't set up again for nothing. */
  #streams = new WeakMap();

  #streamOf(track) {
    if (!this.#streams.has(track)) {
      this.#streams.set(track, new MediaStream([track]));
    }
    return this.#streams.get(track);
  }

  #showOwnScreen(track) {
    if (track && !this.#ownScreen) {
      this.#ownScreen = new Tile('own-screen', { self: true, screen: true });
      this.#ownScreen.setName('Your screen');
      byId('focus').append(this.#ownScreen.element);
    }
    if (track) {
      this.#ownScreen.stream = this.#streamOf(track);
    } else {
      this.#ownScreen?.remove();
      this.#ownScreen = null;
    }
  }

  #add(peer) {
    const tile = new Tile(peer.member.member, { onBlocked: (play) => this.#askForSound(play) });
    this.#people.set(peer, tile);
    byId('tiles').append(tile.element);
    this.#show(peer);
    this.#count();
  }

  #remove(peer) {
    this.#people.get(peer)?.remove();
    this.#people.delete(peer);
    this.#showScreen(peer, false);
    this.#count();
  }

  #show(peer) {
    const tile = this.#people.get(peer);
    if (!tile) {
      return;
    }
    const { name, hand, media } = peer.member.profile;
    tile.setName(name ?? peer.member.user);
    tile.stream = peer.camera;
    tile.picture = media.video && peer.camera !== null;
    tile.muted = !media.audio;
    tile.hand = Boolean(hand);
    tile.quality = peer.state === 'connected' ? peer.quality.level : 'lost';
    tile.note = noteOn(peer);
    this.#showScreen(peer, media.screen && peer.screen !== null);
  }

  #showScreen(peer, shared) {
    let tile = this.#screens.get(peer);
    if (shared && !tile) {
      tile = new Tile(`${peer.member.member}-screen`, { screen: true, onBlocked: (play) => this.#askForSound(play) });
      tile.setName(`${peer.member.profile.name ?? peer.member.user}'s screen`);
      this.#screens.set(peer, tile);
      byId('focus').replaceChildren(tile.element);
    }
    if (shared) {
      tile.stream = peer.screen;
    } else if (tile) {
      tile.remove();
      this.#screens.delete(peer);
      this.#refocus();
    }
  }

  /** Where several share, the one who began last is in the middle until it ends. */
  #refocus() {
    const next = this.#ownScreen ?? [...this.#screens.values()].at(-1);
    if (next && byId('focus').childElementCount === 0) {
      byId('focus').append(next.element);
    }
  }

  #showSpeech() {
    for (const [peer, tile] of this.#people) {
      const receivers = peer.link.connection?.getReceivers().filter(({ track }) => track.kind === 'audio') ?? [];
      tile.speaking = peer.member.profile.media.audio
        && receivers.some((receiver) => receiver.getSynchronizationSources().some(({ audioLevel }) => audioLevel > SPEECH_LEVEL));
    }
  }

  #askForSound(play) {
    this.#blocked.push(play);
    if (this.#blocked.length === 1) {
      toast('Your browser holds the sound back.', [
        { label: 'Turn sound on', run: () => this.#blocked.splice(0).forEach((start) => start()) },
      ]);
    }
  }

  #count() {
    const count = this.#people.size + 1;
    byId('people').textContent = count === 1 ? '1 person' : `${count} people`;
    byId('alone').hidden = count > 1;
  }
}

function noteOn(peer) {
  if (!peer.present || peer.state === 'disconnected' || peer.state === 'failed') {
    return 'Reconnecting…';
  }
  return peer.state === 'connected' ? '' : 'Connecting…';
}
