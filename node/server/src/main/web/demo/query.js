const parameters = new URLSearchParams(location.search);

/**
 * What the page's link says: `room` and `token` come with an invitation; `relay=1` sends media through the TURN server alone,
 * which shows whether it works.
 */
export const query = Object.freeze({
  room: parameters.get('room'),
  token: parameters.get('token'),
  relayOnly: parameters.get('relay') === '1',
});

/** The link to a room; a token is personal, so an invitation goes without it. */
export function invitationTo(room) {
  const link = new URL(location.pathname, location.origin);
  link.searchParams.set('room', room);
  return link.href;
}

/** This page's own link while it's in a room: what it was opened with, and the room. */
export function linkTo(room) {
  const link = new URL(location.href);
  link.searchParams.set('room', room);
  return link.href;
}
