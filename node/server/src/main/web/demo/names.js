const MOODS = ['amber', 'brave', 'bright', 'calm', 'clever', 'cosy', 'crisp', 'gentle', 'golden', 'happy', 'lucky', 'merry',
  'mellow', 'nimble', 'polite', 'quiet', 'silver', 'spry', 'sunny', 'swift', 'tidy', 'velvet', 'warm', 'witty'];
const PLACES = ['birch', 'brook', 'cedar', 'cliff', 'cloud', 'dune', 'fern', 'field', 'garden', 'grove', 'harbor', 'heath',
  'hill', 'island', 'lake', 'maple', 'meadow', 'moor', 'orchard', 'pine', 'reed', 'river', 'tower', 'willow'];

/** A room name that can be said on the phone and isn't guessed soon, like `sunny-harbor-4821`. */
export function randomRoomName() {
  const [mood, place, number] = crypto.getRandomValues(new Uint32Array(3));
  return `${MOODS[mood % MOODS.length]}-${PLACES[place % PLACES.length]}-${1000 + (number % 9000)}`;
}

/** What people type, as a name that fits into a link. */
export function tidyRoomName(text) {
  return text.trim().toLowerCase().replace(/\s+/g, '-');
}

/** Up to two letters that stand for a name. */
export function initialsOf(name) {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => [...word][0] ?? '').join('').toUpperCase();
}
