/** What a member can send, and whether it belongs to its camera or to its shared screen. */
export const SLOTS = Object.freeze({
  audio: { kind: 'audio', group: 'camera' },
  video: { kind: 'video', group: 'camera' },
  screen: { kind: 'video', group: 'screen' },
  screenAudio: { kind: 'audio', group: 'screen' },
});

/** What this member sends to a call: at most one track a slot. */
export class LocalTracks {
  #tracks = new Map();

  muted = { audio: false, video: false };

  /** Streams that only lend their ids: by them the other side tells camera and screen apart. */
  groups = { camera: new MediaStream(), screen: new MediaStream() };

  constructor(stream) {
    stream?.getTracks().forEach((track) => this.#tracks.set(track.kind, track));
  }

  get(slot) {
    return this.#tracks.get(slot) ?? null;
  }

  groupOf(slot) {
    return this.groups[SLOTS[slot].group];
  }

  set(slot, track) {
    if (!(slot in SLOTS)) {
      throw new TypeError(`no slot ${slot}`);
    }
    if (track) {
      this.#tracks.set(slot, track);
      this.#applyMute(slot);
    } else {
      this.#tracks.delete(slot);
    }
  }

  mute(slot, muted) {
    this.muted = { ...this.muted, [slot]: muted };
    this.#applyMute(slot);
  }

  /** What is sent now, as the others are told. */
  describe() {
    const sends = (slot) => this.#tracks.has(slot) && !this.muted[slot];
    return { audio: sends('audio'), video: sends('video'), screen: sends('screen') };
  }

  #applyMute(slot) {
    const track = this.#tracks.get(slot);
    if (track) {
      track.enabled = !this.muted[slot];
    }
  }
}
