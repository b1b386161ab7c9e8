import { byId, setToggle } from './dom.js';
import { LevelMeter } from './level-meter.js';
import { recall, remember } from './memory.js';
import { explain, explainDevices } from './messages.js';
import { randomRoomName, tidyRoomName } from './names.js';
import { query } from './query.js';

/** Where people look at themselves, say who they are and which room they want. */
export class Lobby {
  #media;
  #join;
  #meter = new LevelMeter(byId('lobby-level'));
  #askedForDevices = false;

  constructor(media, join) {
    this.#media = media;
    this.#join = join;
    byId('name').value = recall('name') ?? '';
    byId('room').value = query.room ?? randomRoomName();
    byId('shuffle').addEventListener('click', () => { byId('room').value = randomRoomName(); });
    byId('join').addEventListener('submit', (event) => this.#submit(event));
    byId('lobby-mic').addEventListener('click', () => this.#toggleMicrophone());
    byId('lobby-camera').addEventListener('click', () => this.#toggleCamera());
    media.addEventListener('change', () => this.#showMedia());
  }

  async show(notice) {
    byId('lobby').hidden = false;
    document.title = 'Starling – meet in a room';
    this.#showNotice(notice);
    byId(byId('name').value ? 'join-button' : 'name').focus();
    if (!this.#askedForDevices) {
      this.#askedForDevices = true;
      await this.#media.openAll();
    }
    this.#showMedia();
  }

  hide() {
    byId('lobby').hidden = true;
    this.#meter.watch(null);
    byId('preview').srcObject = null;
  }

  showWaiting() {
    this.#showNotice({ tone: 'calm', text: 'Somebody in the room must let you in. Waiting…' });
  }

  async #submit(event) {
    event.preventDefault();
    const [name, room] = [byId('name').value.trim(), tidyRoomName(byId('room').value)];
    if (!name || !room) {
      this.#showNotice({ tone: 'error', text: 'Please enter your name and a room.' });
      return;
    }
    byId('room').value = room;
    remember('name', name);
    this.#setBusy(true);
    this.#showNotice(null);
    try {
      await this.#join({ name, room, password: byId('password').value || undefined });
    } catch (error) {
      this.#showNotice(explain(error));
    } finally {
      this.#setBusy(false);
    }
  }

  async #toggleMicrophone() {
    if (this.#media.tracks.audio) {
      this.#media.mute(!this.#media.muted);
    } else {
      await this.#media.open('audio');
    }
  }

  async #toggleCamera() {
    if (this.#media.tracks.video) {
      this.#media.close('video');
    } else {
      await this.#media.open('video');
    }
  }

  #showMedia() {
    const { tracks, errors, muted } = this.#media;
    const [hears, sees] = [Boolean(tracks.audio) && !muted, Boolean(tracks.video)];
    setToggle(byId('lobby-mic'), hears, { icon: hears ? 'mic' : 'mic-off', label: hears ? 'Mute microphone' : 'Unmute microphone' });
    setToggle(byId('lobby-camera'), sees, { icon: sees ? 'camera' : 'camera-off', label: sees ? 'Turn camera off' : 'Turn camera on' });
    byId('preview-note').textContent = this.#note(errors, sees);
    if (!byId('lobby').hidden) {
      byId('preview').srcObject = tracks.video ? new MediaStream([tracks.video]) : null;
      this.#meter.watch(muted ? null : tracks.audio);
    }
  }

  #note(errors, sees) {
    const trouble = explainDevices(errors);
    if (trouble) {
      return `${trouble} You can join all the same.`;
    }
    return sees ? '' : 'Your camera is off.';
  }

  #showNotice(notice) {
    const place = byId('join-error');
    place.hidden = !notice;
    place.textContent = notice?.text ?? '';
    place.dataset.tone = notice?.tone ?? '';
    if (notice?.asksPassword) {
      byId('password-field').hidden = false;
      byId('password').focus();
    }
  }

  #setBusy(busy) {
    byId('join-button').disabled = busy;
    byId('join-button').textContent = busy ? 'Joining…' : 'Join';
  }
}
