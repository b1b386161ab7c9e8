/**
 * Starling's browser SDK: sessions that survive their server, rooms, and WebRTC calls. No dependencies, no build step.
 *
 * @module starling
 */
export { connect, Client } from './src/client.js';
export { Room } from './src/room.js';
export { PeerLink } from './src/peer-link.js';
export { Call } from './src/call.js';
export { CallPeer } from './src/call-peer.js';
export { Emitter } from './src/emitter.js';
export { StarlingError } from './src/errors.js';
