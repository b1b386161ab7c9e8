import { Call } from '../sdk/starling.js';
import { Chat } from './chat.js';
import { Controls } from './controls.js';
import { byId } from './dom.js';
import { explain, explainDevices } from './messages.js';
import { banner, toast } from './notices.js';
import { invitationTo } from './query.js';
import { Stage } from './stage.js';

const STATE_LABELS = { connecting: 'Connecting…', connected: 'Connected', reconnecting: 'Reconnecting…', closed: 'Ended' };

/** The call on screen: ties the room, this person's devices and the parts of the page together. */
export class CallView {
  #media;
  #onEnd;
  #controls;
  #stage;
  #chat;
  #unsubscribe;
  #onMedia = () => this.#mediaChanged();

  constructor(room, media, { relayOnly, onEnd }) {
    this.room = room;
    this.#media = media;
    this.#onEnd = onEnd;
    const tracks = Object.values(media.tracks).filter(Boolean);
    this.call = new Call(room, {
      stream: new MediaStream(tracks), configuration: relayOnly ? { iceTransportPolicy: 'relay' } : {},
    });
    this.call.mute('audio', media.muted);
    this.#build();
    this.#subscribe();
    this.#showState({ state: room.client.state });
    this.#showDegraded();
  }

  #build() {
    const { name } = this.room.ownProfile;
    document.title = `${this.room.name} – Starling`;
    byId('room-title').textContent = this.room.name;
    byId('call').hidden = false;
    this.#stage = new Stage(this.call, name);
    this.#chat = new Chat(this.room, name);
    this.#controls = new Controls({
      mic: () => this.#toggleMicrophone(),
      camera: () => this.#toggleCamera(),
      screen: () => this.#toggleScreen(),
      hand: () => this.#toggleHand(),
      'chat-toggle': () => this.#chat.toggle(),
      'chat-close': () => this.#chat.toggle(false),
      'devices-open': () => byId('devices').showModal(),
      'copy-link': () => this.#copyLink(),
      'alone-copy': () => this.#copyLink(),
      leave: () => this.#leave(),
    });
    this.#showControls();
    byId('mic').focus();
  }

  #subscribe() {
    const { room, call } = this;
    this.#unsubscribe = [
      room.client.on('state', (detail) => this.#showState(detail)),
      room.on('joined', ({ member }) => toast(`${nameOf(member)} joined`)),
      // Whoever merely lost the connection may be back soon; the tile says that.
      room.on('left', ({ member, reason }) => reason === 'leave' && toast(`${nameOf(member)} left`)),
      room.on('chat', ({ data }) => !this.#chat.isOpen && toast(`${data?.name ?? 'Somebody'}: ${data?.text ?? ''}`)),
      room.on('degraded', () => this.#showDegraded()),
      room.on('knock', (knock) => this.#askToAdmit(knock)),
      room.on('mute', () => this.#mutedByModerator()),
      room.on('ended', ({ reason, error }) => this.#end(reason, error)),
      call.on('local', () => this.#showControls()),
    ];
    this.#media.addEventListener('change', this.#onMedia);
  }

  /** A device was switched on, off, changed or unplugged. */
  async #mediaChanged() {
    for (const kind of ['audio', 'video']) {
      const track = this.#media.tracks[kind];
      if (this.call.track(kind) !== track) {
        await this.call.setTrack(kind, track);
      }
    }
    if (this.call.muted.audio !== this.#media.muted) {
      this.call.mute('audio', this.#media.muted);
    }
  }

  async #toggleMicrophone() {
    if (this.#media.tracks.audio) {
      this.#media.mute(!this.#media.muted);
    } else {
      this.#media.mute(false);
      await this.#openDevice('audio');
    }
  }

  async #toggleCamera() {
    if (this.#media.tracks.video) {
      this.#media.close('video');
    } else {
      await this.#openDevice('video');
    }
  }

  async #openDevice(kind) {
    if (!await this.#media.open(kind)) {
      toast(explainDevices({ [kind]: this.#media.errors[kind] }));
    }
  }

  async #toggleScreen() {
    if (this.call.track('screen')) {
      await this.call.stopScreen();
      return;
    }
    try {
      await this.call.shareScreen();
    } catch (error) {
      if (error.name !== 'NotAllowedError') {
        toast('This screen can\'t be shared.');
      }
    }
  }

  #toggleHand() {
    this.call.setProfile({ hand: !this.room.ownProfile.hand }).catch((error) => toast(explain(error).text));
    this.#showControls();
    this.#stage.showSelf();
  }

  async #copyLink() {
    const link = invitationTo(this.room.name);
    try {
      await navigator.clipboard.writeText(link);
      toast('Link copied');
    } catch {
      toast(`Send this link: ${link}`);
    }
  }

  #askToAdmit({ member, profile, user }) {
    const decide = (action) => this.room.moderate(action, { member }).catch((error) => toast(explain(error).text));
    toast(`${profile?.name ?? user} wants to join.`, [
      { label: 'Let in', run: () => decide('admit') },
      { label: 'Turn away', run: () => decide('deny') },
    ]);
  }

  #mutedByModerator() {
    this.#media.mute(true);
    toast('A moderator muted you.');
  }

  #showControls() {
    this.#controls.show({
      microphone: Boolean(this.call.track('audio')) && !this.call.muted.audio,
      camera: Boolean(this.call.track('video')),
      screen: Boolean(this.call.track('screen')),
      hand: Boolean(this.room.ownProfile.hand),
    });
  }

  #showState({ state }) {
    const pill = byId('link-state');
    const wasLost = pill.dataset.state === 'reconnecting';
    pill.dataset.state = state;
    pill.textContent = STATE_LABELS[state];
    if (state === 'reconnecting') {
      banner.show('The connection to the server is lost. Your call goes on; reconnecting…', {
        action: 'Try now', onAction: () => this.room.client.reconnect(),
      });
    } else if (state === 'connected' && wasLost) {
      toast('Connected again');
      this.#showDegraded();
    }
  }

  #showDegraded() {
    const regions = this.room.degraded.map(({ region }) => region);
    if (regions.length > 0) {
      banner.show(`Some servers can't be reached (${regions.join(', ')}): people who are there may be missing.`);
    } else {
      banner.hide();
    }
  }

  async #leave() {
    const { client } = this.room;
    await Promise.race([this.room.leave().catch(() => {}), new Promise((resolve) => { setTimeout(resolve, 500); })]);
    client.close();
  }

  #end(reason, error) {
    this.#unsubscribe.forEach((unsubscribe) => unsubscribe());
    this.#media.removeEventListener('change', this.#onMedia);
    this.call.close();
    this.#stage.close();
    this.#chat.close();
    this.#controls.close();
    byId('devices').close();
    this.#onEnd(reason, error?.code === 'CLOSED' ? undefined : error);
  }
}

const nameOf = (member) => member.profile.name ?? member.user;
