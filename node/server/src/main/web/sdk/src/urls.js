const PATH = '/v1/ws';

/** Turns what people write (`https://host`, `wss://host/v1/ws`) into the WebSocket's URL. */
export function socketUrl(url) {
  const parsed = new URL(url, globalThis.location?.href);
  parsed.protocol = parsed.protocol.replace(/^http/, 'ws');
  if (parsed.pathname === '/') {
    parsed.pathname = PATH;
  }
  return parsed.href;
}

/** Where the session may be served, in the order to try: a ring that starts at the current one. */
export class Urls {
  #given;
  #ring;

  constructor(given) {
    this.#given = given.map(socketUrl);
    this.#ring = [...new Set(this.#given)];
  }

  get current() {
    return this.#ring[0];
  }

  get count() {
    return this.#ring.length;
  }

  /** The server names its flock: those are next after the current one; what the application gave stays the last resort. */
  learn(urls = []) {
    this.#ring = [...new Set([this.current, ...urls.map(socketUrl), ...this.#given])];
  }

  /** The server asks to go elsewhere: these come next. */
  prefer(urls = []) {
    const [current, ...others] = this.#ring;
    this.#ring = [...new Set([current, ...urls.map(socketUrl), ...others])];
  }

  advance() {
    this.#ring.push(this.#ring.shift());
  }
}
