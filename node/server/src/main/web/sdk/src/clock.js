/** Time and chance as the SDK sees them; tests bring their own. */
export const systemClock = Object.freeze({
  now: () => performance.now(),
  random: () => Math.random(),
  setTimeout: (task, delayMs) => setTimeout(task, delayMs),
  clearTimeout: (timer) => clearTimeout(timer),
});

/** Exponential backoff with full jitter: any delay between nothing and the doubled bound, so that a crowd spreads out. */
export class Backoff {
  #clock;
  #baseMs;
  #capMs;
  attempts = 0;

  constructor(clock, baseMs, capMs) {
    this.#clock = clock;
    this.#baseMs = baseMs;
    this.#capMs = capMs;
  }

  nextDelayMs() {
    const boundMs = Math.min(this.#capMs, this.#baseMs * 2 ** Math.min(this.attempts, 30));
    this.attempts += 1;
    return this.#clock.random() * boundMs;
  }

  reset() {
    this.attempts = 0;
  }
}
