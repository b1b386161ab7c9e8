const TEXTS = {
  // Ends of a call.
  leave: { tone: 'calm', text: 'You left the room.' },
  kicked: { tone: 'error', text: 'A moderator removed you from the room.' },
  banned: { tone: 'error', text: 'A moderator banned you from the room.' },
  closed: { tone: 'error', text: 'The room was closed.' },
  // Codes of the protocol and of the SDK.
  NO_CONNECTION: { tone: 'error', text: "The server can't be reached. Check your connection and try again." },
  ROOM_FULL: { tone: 'error', text: 'This room is full. Try again when somebody has left.' },
  FORBIDDEN: { tone: 'error', text: 'You may not join this room. If it has a password, enter it above.', asksPassword: true },
  UNAUTHENTICATED: { tone: 'error', text: "This link's token isn't valid here. Ask for a new link." },
  TOKEN_EXPIRED: { tone: 'error', text: 'Your link has expired. Ask for a new one.' },
  REPLACED: { tone: 'error', text: 'You joined from another window, so this one left.' },
  RATE_LIMITED: { tone: 'error', text: 'That was too fast. Wait a moment and try again.' },
  OVERLOADED: { tone: 'error', text: 'The server is busy. Try again in a moment.' },
  BUSY: { tone: 'error', text: 'The server is busy. Try again in a moment.' },
  INVALID: { tone: 'error', text: "The server doesn't accept this name for a room." },
  TOO_LARGE: { tone: 'error', text: 'That message is too long.' },
};

/** What to tell people about an error or the end of a call; null where there's nothing to tell. */
export function explain(error) {
  if (!error?.code) {
    return error ? { tone: 'error', text: error.message } : null;
  }
  return TEXTS[error.code] ?? { tone: 'error', text: `Something went wrong: ${error.message ?? error.code}` };
}

const DEVICE_NAMES = { audio: 'microphone', video: 'camera' };

/** Why a camera or microphone is missing, by the names of getUserMedia's errors; '' where nothing is. */
export function explainDevices(errors) {
  const reasons = new Map();
  for (const [kind, error] of Object.entries(errors).filter(([, failure]) => failure)) {
    const reason = deviceReason(error.name);
    reasons.set(reason, [...(reasons.get(reason) ?? []), DEVICE_NAMES[kind]]);
  }
  return [...reasons].map(([reason, devices]) => reason(devices.join(' and '))).join(' ');
}

const denied = (devices) => `Your browser doesn't let this page use your ${devices}. You can allow it beside the address.`;
const missing = (devices) => `No ${devices.replace(' and ', ' and no ')} was found.`;
const taken = (devices) => `Your ${devices} can't be opened; maybe another program uses it.`;

function deviceReason(errorName) {
  switch (errorName) {
    case 'NotAllowedError':
    case 'SecurityError': return denied;
    case 'NotFoundError':
    case 'OverconstrainedError': return missing;
    default: return taken;
  }
}
