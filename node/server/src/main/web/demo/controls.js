import { byId, setToggle } from './dom.js';

const KEYS = {
  m: 'mic', v: 'camera', s: 'screen', h: 'hand', c: 'chat-toggle', l: 'copy-link', d: 'devices-open',
};

/** The row of buttons, and the keys that press them. */
export class Controls {
  #actions;
  #onKey = (event) => this.#press(event);

  /** @param {Record<string, () => void>} actions what each button does, by the button's id */
  constructor(actions) {
    this.#actions = actions;
    Object.entries(actions).forEach(([id, action]) => { byId(id).onclick = action; });
    byId('screen').hidden = !navigator.mediaDevices?.getDisplayMedia;
    document.addEventListener('keydown', this.#onKey);
  }

  close() {
    document.removeEventListener('keydown', this.#onKey);
  }

  show({ microphone, camera, screen, hand }) {
    setToggle(byId('mic'), microphone, {
      icon: microphone ? 'mic' : 'mic-off', label: microphone ? 'Mute microphone (M)' : 'Unmute microphone (M)',
    });
    setToggle(byId('camera'), camera, {
      icon: camera ? 'camera' : 'camera-off', label: camera ? 'Turn camera off (V)' : 'Turn camera on (V)',
    });
    setToggle(byId('screen'), screen, { icon: 'screen', label: screen ? 'Stop sharing (S)' : 'Share your screen (S)' });
    setToggle(byId('hand'), hand, { icon: 'hand', label: hand ? 'Lower hand (H)' : 'Raise hand (H)' });
  }

  #press(event) {
    if (event.key === 'Escape') {
      this.#actions['chat-close']();
      return;
    }
    const id = KEYS[event.key.toLowerCase()];
    const typing = event.target.closest?.('input, select, textarea, dialog');
    if (id && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat && !byId(id).hidden) {
      event.preventDefault();
      byId(id).click();
    }
  }
}
