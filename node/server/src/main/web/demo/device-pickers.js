import { byId } from './dom.js';
import { recall, remember } from './memory.js';

const KINDS = { audioinput: 'audio', videoinput: 'video' };
const NAMES = { audioinput: 'Microphone', videoinput: 'Camera', audiooutput: 'Speaker' };

/** The lists of devices, in the lobby and in the dialog: always the same devices, always the one in use selected. */
export class DevicePickers {
  #media;
  #selects = [...document.querySelectorAll('select[data-devices]')];

  constructor(media) {
    this.#media = media;
    media.addEventListener('devices', () => this.#fill());
    media.addEventListener('change', () => this.#fill());
    this.#selects.forEach((select) => select.addEventListener('change', () => this.#choose(select)));
    byId('speaker-field').hidden = !('setSinkId' in HTMLMediaElement.prototype);
    this.#fill();
  }

  async #fill() {
    const devices = await navigator.mediaDevices?.enumerateDevices?.() ?? [];
    this.#selects.forEach((select) => this.#fillOne(select, devices));
  }

  #fillOne(select, devices) {
    const kind = select.dataset.devices;
    const usable = devices.filter((device) => device.kind === kind && device.deviceId !== '');
    const options = usable.map((device, n) => new Option(device.label || `${NAMES[kind]} ${n + 1}`, device.deviceId));
    select.replaceChildren(...(options.length > 0 ? options : [new Option(`No ${NAMES[kind].toLowerCase()}`, '')]));
    select.disabled = options.length === 0;
    const current = this.#current(kind);
    if (usable.some(({ deviceId }) => deviceId === current)) {
      select.value = current;
    }
  }

  #current(kind) {
    const track = this.#media.tracks[KINDS[kind]];
    return track?.getSettings().deviceId ?? recall(`${KINDS[kind] ?? 'speaker'}-device`);
  }

  #choose(select) {
    const kind = KINDS[select.dataset.devices];
    if (kind) {
      this.#media.open(kind, select.value);
    } else {
      remember('speaker-device', select.value);
      document.querySelectorAll('.tile video').forEach((video) => video.setSinkId(select.value).catch(() => {}));
    }
  }
}
