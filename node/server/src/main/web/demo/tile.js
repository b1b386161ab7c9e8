import { instance } from './dom.js';
import { recall } from './memory.js';
import { initialsOf } from './names.js';

const QUALITY_LABELS = {
  good: 'Good connection', fair: 'Fair connection', poor: 'Poor connection', lost: 'No connection',
};

/** One picture in the room: a person, or a screen that a person shares. */
export class Tile {
  element = instance('tile-template');
  #video = this.element.querySelector('video');

  /**
   * @param {string} id stable name for tests and layout
   * @param {{self?: boolean, screen?: boolean, onBlocked?: (play: () => void) => void}} options `onBlocked` gets what to run on
   *     the next gesture when the browser doesn't let sound start by itself
   */
  constructor(id, { self = false, screen = false, onBlocked = () => {} } = {}) {
    this.onBlocked = onBlocked;
    this.element.dataset.tile = id;
    this.element.classList.toggle('self', self);
    this.element.classList.toggle('screen', screen);
    this.#video.classList.toggle('mirrored', self && !screen);
    this.#video.muted = self;
    const speaker = recall('speaker-device');
    if (speaker && !self) {
      this.#video.setSinkId?.(speaker).catch(() => {});
    }
  }

  /** @param {string} label what's written under the picture, where it isn't the bare name */
  setName(name, label = name) {
    this.element.querySelector('.tile-name').textContent = label;
    this.element.querySelector('.tile-face').dataset.initials = initialsOf(name);
    this.element.setAttribute('aria-label', label);
  }

  set stream(stream) {
    if (this.#video.srcObject !== stream) {
      this.#video.srcObject = stream;
      this.#play();
    }
  }

  set picture(visible) {
    this.element.classList.toggle('dark', !visible);
  }

  set muted(muted) {
    this.element.classList.toggle('muted', muted);
  }

  set hand(raised) {
    this.element.classList.toggle('hand', raised);
  }

  set speaking(speaking) {
    this.element.classList.toggle('speaking', speaking);
  }

  /** A line over the picture, say that the connection is being made. */
  set note(text) {
    const note = this.element.querySelector('.tile-note');
    note.hidden = !text;
    note.textContent = text ?? '';
  }

  set quality(level) {
    const bars = this.element.querySelector('.tile-quality');
    bars.dataset.level = level;
    bars.setAttribute('aria-label', QUALITY_LABELS[level]);
  }

  remove() {
    this.#video.srcObject = null;
    this.element.remove();
  }

  #play() {
    this.#video.play().catch((error) => {
      if (error.name === 'NotAllowedError') {
        this.onBlocked(() => this.#video.play().catch(() => {}));
      }
    });
  }
}
