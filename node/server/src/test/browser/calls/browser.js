import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';

export const SERVER = process.env.STARLING_URL;

/** A node of each of two regions, which share rooms. */
export const REGIONS = (process.env.STARLING_REGIONS ?? '').split(',').filter(Boolean);
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** A bound for one step of a call, generous because four video calls share a small machine. */
const STEP_MS = 30_000;

/** Why no call can be made here, or false. */
export const skip = (!SERVER && 'STARLING_URL names no server')
  || (!existsSync(CHROMIUM) && `no browser at ${CHROMIUM}; CHROMIUM names another`);

const ARGUMENTS = [
  // The second one is a depth camera (16 bits of grey), which no call can send; the third is like the first.
  '--use-fake-device-for-media-stream=device-count=3',
  '--use-fake-ui-for-media-stream',
  '--auto-select-desktop-capture-source=Entire screen',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** A browser with a profile of its own, and synthetic cameras, microphones and screens. */
export const launch = () => chromium.launch({ executablePath: CHROMIUM, headless: true, args: ARGUMENTS });

let rooms = 0;

/** A room that no other test and no other run is in. */
export const freshRoom = () => `test-${process.pid}-${Date.now().toString(36)}-${rooms += 1}`;

export const by = (page, testId) => page.getByTestId(testId);

/** Waits for what an asynchronous function says in the page: waitForFunction takes its promise for an answer. */
export async function until(page, said, argument) {
  for (const end = Date.now() + STEP_MS; Date.now() < end; await delay(200)) {
    const answer = await page.evaluate(said, argument);
    if (answer) {
      return answer;
    }
  }
  throw new Error(`nothing came of ${said.name} within ${STEP_MS} ms`);
}

/** One person with a browser window of their own. */
export class Person {
  /** What the page complained about. */
  complaints = [];

  /** Where the page's requests went. */
  origins = new Set();

  /** While true, new signaling connections of a cuttable page are refused. */
  #cut = false;

  /** While true, a cuttable page's hello goes on without its resume token. */
  #forgetful = false;
  #sockets = new Set();

  /** Opens a page of a server; `cuttable` puts a gate in front of its signaling. */
  static async at(browser, path, { prepare = async () => {}, cuttable = false, server = SERVER } = {}) {
    const person = new Person();
    const context = await browser.newContext({ permissions: ['camera', 'microphone', 'clipboard-read', 'clipboard-write'] });
    person.page = await context.newPage();
    person.page.setDefaultTimeout(STEP_MS);
    person.#listen();
    if (cuttable) {
      await person.page.routeWebSocket(/\/v1\/ws/, (socket) => person.#route(socket));
    }
    await person.page.addInitScript(installProbe);
    await prepare(person.page);
    await person.page.goto(new URL(path, server).href);
    return person;
  }

  /** Opens a room's link, says a name and joins. */
  static async in(browser, room, name, { query = '', ...options } = {}) {
    const person = await Person.at(browser, `/?room=${room}${query}`, options);
    await by(person.page, 'name').fill(name);
    await by(person.page, 'join').click();
    await by(person.page, 'call').waitFor();
    return person;
  }

  press(testId) {
    return by(this.page, testId).click();
  }

  tileOf(name) {
    return by(this.page, 'tile').filter({ has: this.page.getByTestId('tile-name').getByText(name, { exact: true }) });
  }

  /** Waits until everybody else's pictures and sound have arrived and go on arriving. */
  async seesAndHears(others) {
    const before = await this.page.evaluate(() => globalThis.mediaByPeer());
    await until(this.page, mediaRose, { before, others });
  }

  /** Waits until a shared screen's pictures arrive and go on arriving. */
  async seesScreen() {
    await this.tileOf(/'s screen$/).waitFor();
    const video = await this.page.locator('.tile.screen:not(.self) video').elementHandle();
    const before = await video.evaluate((element) => element.getVideoPlaybackQuality().totalVideoFrames);
    await this.page.waitForFunction(
      ([element, frames]) => element.getVideoPlaybackQuality().totalVideoFrames > frames, [video, before], { polling: 200 });
  }

  async says(text) {
    if (!await by(this.page, 'chat').isVisible()) {
      await this.press('chat-toggle');
    }
    await by(this.page, 'chat-input').fill(text);
    await this.press('chat-send');
  }

  /** Waits until this chat message is there. */
  async reads(text) {
    await by(this.page, 'message-text').getByText(text, { exact: true }).waitFor({ state: 'attached' });
  }

  cutSignaling() {
    this.#cut = true;
    this.#sockets.forEach((socket) => socket.close({ code: 4000 }));
    this.#sockets.clear();
  }

  restoreSignaling() {
    this.#cut = false;
  }

  /** Cuts the connection so that the next one begins a new session. */
  loseSession() {
    this.#forgetful = true;
    this.cutSignaling();
    this.restoreSignaling();
  }

  #route(socket) {
    if (this.#cut) {
      socket.close({ code: 4000 });
      return;
    }
    const server = socket.connectToServer();
    socket.onMessage((text) => server.send(this.#forgetful ? withoutResume(text) : text));
    this.#sockets.add({ close: async (why) => { await server.close(why); await socket.close(why); } });
  }

  #listen() {
    this.page.on('console', (message) => ['error', 'warning'].includes(message.type()) && this.complaints.push(message.text()));
    this.page.on('pageerror', (error) => this.complaints.push(error.stack));
    this.page.on('request', (request) => this.origins.add(new URL(request.url()).host));
  }
}

function withoutResume(text) {
  const { resume, ...frame } = JSON.parse(text);
  return JSON.stringify(frame);
}

/** Runs in the page before its own scripts: a probe that counts what was decoded and received from each peer. */
function installProbe() {
  globalThis.mediaByPeer = async () => {
    const media = {};
    for (const [member, { link }] of globalThis.starling.call.peers) {
      const stats = link.connection ? [...(await link.connection.getStats()).values()] : [];
      const sum = (kind, field) => stats.filter((entry) => entry.type === 'inbound-rtp' && entry.kind === kind)
        .reduce((total, entry) => total + (entry[field] ?? 0), 0);
      media[member] = { frames: sum('video', 'framesDecoded'), bytes: sum('audio', 'bytesReceived') };
    }
    return media;
  };
}

/** Runs in the page: whether pictures and sound of so many others have gone on since. */
async function mediaRose({ before, others }) {
  const now = Object.entries(await globalThis.mediaByPeer());
  const risen = now.filter(([member, { frames, bytes }]) => {
    const then = before[member] ?? { frames: 0, bytes: 0 };
    return frames > then.frames && bytes > then.bytes;
  });
  return now.length === others && risen.length === others;
}
