/** A short name that no other connection or call has by chance; works on insecure pages too, unlike `randomUUID`. */
export function randomId() {
  return [...crypto.getRandomValues(new Uint32Array(2))].map((word) => word.toString(36).padStart(7, '0')).join('');
}
