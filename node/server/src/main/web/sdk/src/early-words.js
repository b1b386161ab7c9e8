/** Words of members that aren't in sight yet, kept for each of them; a first offer with its candidates is far fewer. */
const MAX_WORDS = 64;
const MAX_SPEAKERS = 32;

/** What was said by members before the room told of them: a signal goes straight, the news of a member goes round. */
export class EarlyWords {
  #words = new Map();

  keep(from, data) {
    const words = this.#words.get(from) ?? [];
    if (words.length < MAX_WORDS && (words.length > 0 || this.#words.size < MAX_SPEAKERS)) {
      this.#words.set(from, [...words, data]);
    }
  }

  /** Hands out what `from` said, once. */
  take(from) {
    const words = this.#words.get(from) ?? [];
    this.#words.delete(from);
    return words;
  }
}
