const PREFIX = 'starling.';

/** What this browser remembers for the next visit; nothing where storage is switched off. */
export function recall(key) {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(PREFIX + key, value);
  } catch {
    // Then the next visit starts without it.
  }
}
