import { connect } from '../sdk/starling.js';
import { CallView } from './call-view.js';
import { DevicePickers } from './device-pickers.js';
import { byId } from './dom.js';
import { Lobby } from './lobby.js';
import { LocalMedia } from './local-media.js';
import { explain } from './messages.js';
import { banner } from './notices.js';
import { linkTo, query } from './query.js';

const media = new LocalMedia();
const lobby = new Lobby(media, join);
new DevicePickers(media);

/** The call under way, or null in the lobby. */
let view = null;

async function join({ name, room, password }) {
  const client = await connect({ url: location.origin, token: query.token });
  try {
    const joined = await client.join(room, { profile: { name }, password, onWaiting: () => lobby.showWaiting() });
    history.replaceState(null, '', linkTo(room));
    enter(joined);
  } catch (error) {
    client.close();
    throw error;
  }
}

function enter(room) {
  lobby.hide();
  view = new CallView(room, media, { relayOnly: query.relayOnly, onEnd: leave });
  // For a look inside from the browser's console.
  globalThis.starling = { client: room.client, room, call: view.call };
}

function leave(reason, error) {
  view = null;
  banner.hide();
  byId('call').hidden = true;
  lobby.show(explain(error) ?? explain({ code: reason }));
}

addEventListener('pagehide', () => view?.room.client.close());
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());

lobby.show();
