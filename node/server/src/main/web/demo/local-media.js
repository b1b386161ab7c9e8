import { recall, remember } from './memory.js';

const CONSTRAINTS = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
};

/**
 * This person's microphone and camera. Each may be missing, denied or off on its own, and the call goes on without it.
 * `change` fires when a track or an error changed; `devices` when a device was plugged in or named.
 */
export class LocalMedia extends EventTarget {
  /** @type {{audio: MediaStreamTrack | null, video: MediaStreamTrack | null}} */
  tracks = { audio: null, video: null };

  /** Why there's no track although one was wanted. @type {{audio: Error | null, video: Error | null}} */
  errors = { audio: null, video: null };

  muted = false;

  constructor() {
    super();
    navigator.mediaDevices?.addEventListener?.('devicechange', () => this.dispatchEvent(new Event('devices')));
  }

  /** Opens both, with one question where the browser asks; if that fails, whatever works alone. */
  async openAll() {
    try {
      const stream = await this.#request({ audio: this.#constraints('audio'), video: this.#constraints('video') });
      stream.getTracks().forEach((track) => this.#take(track.kind, track));
    } catch {
      await this.open('audio');
      await this.open('video');
    }
    this.#changed();
  }

  /** Opens the microphone ('audio') or camera ('video'), maybe another one than before. */
  async open(kind, deviceId) {
    if (deviceId) {
      remember(`${kind}-device`, deviceId);
    }
    try {
      // Phones can't open a second camera beside the first.
      if (kind === 'video') {
        this.#drop(kind);
      }
      const [track] = (await this.#request({ [kind]: this.#constraints(kind, deviceId) })).getTracks();
      this.#drop(kind);
      this.#take(kind, track);
    } catch (error) {
      this.errors[kind] = error;
    }
    this.#changed();
    return this.tracks[kind];
  }

  /** Stops a device: its light goes off. */
  close(kind) {
    this.#drop(kind);
    this.errors[kind] = null;
    this.#changed();
  }

  mute(muted) {
    this.muted = muted;
    if (this.tracks.audio) {
      this.tracks.audio.enabled = !muted;
    }
    this.#changed();
  }

  async #request(constraints) {
    if (!navigator.mediaDevices) {
      throw new DOMException('only secure pages may use cameras', 'SecurityError');
    }
    return navigator.mediaDevices.getUserMedia(constraints);
  }

  /** A device chosen now is a must; one remembered from an earlier visit may be gone. */
  #constraints(kind, chosen) {
    const remembered = recall(`${kind}-device`);
    const deviceId = chosen ? { exact: chosen } : remembered && { ideal: remembered };
    return { ...CONSTRAINTS[kind], ...(deviceId && { deviceId }) };
  }

  #take(kind, track) {
    this.tracks[kind] = track;
    this.errors[kind] = null;
    if (kind === 'audio') {
      track.enabled = !this.muted;
    }
    track.onended = () => {
      this.tracks[kind] = null;
      this.errors[kind] = new DOMException('device gone', 'NotFoundError');
      this.#changed();
    };
    this.dispatchEvent(new Event('devices'));
  }

  #drop(kind) {
    this.tracks[kind]?.stop();
    this.tracks[kind] = null;
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
