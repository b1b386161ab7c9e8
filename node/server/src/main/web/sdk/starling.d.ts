/** JSON as it travels in signals, broadcasts, chat and profiles. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** What relayed data arrives as: JSON, or bytes from a client that speaks protobuf. */
export type Relayed = Json | Uint8Array;

export type Role = 'member' | 'moderator' | (string & {});

export type LeaveReason = 'leave' | 'timeout' | 'kicked' | 'banned' | 'closed' | 'region';

export interface Member {
  readonly member: string;
  readonly user: string;
  readonly role: Role;
  readonly region: string;
  /** Whether this client is the polite side of a negotiation with that member. */
  readonly polite: boolean;
  readonly profile: Profile;
  readonly since: string;
}

export interface Profile {
  readonly [key: string]: Json | undefined | MediaProfile;
  readonly media?: MediaProfile;
}

/** What a member sends to the room's call. */
export type MediaProfile = {
  readonly id: string;
  readonly audio: boolean;
  readonly video: boolean;
  readonly screen: boolean;
};

export interface ChatMessage {
  readonly message: string;
  readonly from: string;
  readonly user: string;
  readonly at: string;
  readonly data: Relayed;
}

export interface Settings {
  readonly limit: number;
  readonly locked: boolean;
  readonly lobby: boolean;
  /** Whether the room has one. */
  readonly password: boolean;
  readonly residency: readonly string[];
  readonly metadata: { readonly [key: string]: Json };
}

/** What isn't named stays as it is. */
export interface SettingsChange {
  readonly limit?: number;
  readonly locked?: boolean;
  readonly lobby?: boolean;
  /** The new password, or an empty string for none. */
  readonly password?: string;
  readonly metadata?: { readonly [key: string]: Json };
}

export interface Degraded {
  readonly region: string;
  readonly since: string;
}

export interface Limits {
  readonly messageBytes?: number;
  readonly roomsPerSession?: number;
  readonly membersPerRoom?: number;
  readonly chatBytes?: number;
  readonly profileBytes?: number;
}

/** Codes of the protocol, and CLOSED, NO_CONNECTION and SESSION_LOST of the SDK itself. */
export type Code =
  | 'MALFORMED' | 'NOT_UTF8' | 'WRONG_FRAME' | 'INVALID' | 'TOO_LARGE' | 'UNAUTHENTICATED' | 'TOKEN_EXPIRED' | 'REVOKED' | 'FORBIDDEN'
  | 'NO_SUCH_MEMBER' | 'HELLO_REQUIRED' | 'OUT_OF_ORDER' | 'HELLO_TIMEOUT' | 'REPLACED' | 'IDLE' | 'NO_SUCH_ROOM' | 'ROOM_EXISTS' | 'NOT_IN_ROOM'
  | 'UNSUPPORTED' | 'ROOM_FULL' | 'WRONG_PASSWORD' | 'LOCKED' | 'BANNED' | 'DENIED' | 'TOO_MANY_ROOMS' | 'RATE_LIMITED' | 'FLOODING' | 'SLOW_CONSUMER' | 'BUSY' | 'UNREACHABLE'
  | 'INDETERMINATE' | 'DRAINING' | 'OVERLOADED' | 'INTERNAL'
  | 'CLOSED' | 'NO_CONNECTION' | 'SESSION_LOST' | (string & {});

/** A request that was refused, or a connection that ended for good. */
export class StarlingError extends Error {
  constructor(code: Code, message: string, retry?: boolean);
  readonly code: Code;
  /** Whether the same call may succeed later. */
  readonly retry: boolean;
}

/** An EventTarget whose events are CustomEvents with these details. */
export class Emitter<Events> extends EventTarget {
  /** Calls `listener` with the detail of each event of this type. Returns what removes the listener. */
  on<Type extends keyof Events & string>(type: Type, listener: (detail: Events[Type]) => void): () => void;
}

/** Time and chance; for tests. */
export interface Clock {
  now(): number;
  random(): number;
  setTimeout(task: () => void, delayMs: number): unknown;
  clearTimeout(timer: unknown): void;
}

export interface ConnectOptions {
  /** Where the server is; `https://host` stands for `wss://host/v1/ws`. The page's own server by default. */
  url?: string;
  /** Several URLs, tried in order. */
  urls?: readonly string[];
  /** The room token, or what fetches a fresh one whenever the server says that the last has expired. */
  token?: string | null | (() => string | Promise<string>);
  /** How often to try before the first success; 3 by default, and each URL at least once. Later it tries without end. */
  attempts?: number;
  /** The WebSocket class, where there's no global one. */
  WebSocket?: typeof WebSocket;
  clock?: Clock;
}

export type ClientState = 'connecting' | 'connected' | 'reconnecting' | 'closed';

export interface ClientEvents {
  /** `retryInMs` is set while another attempt is due, `error` where a connection ended. */
  state: { state: ClientState; error?: StarlingError; retryInMs?: number };
  /** What the server complains about that no request has caused. */
  error: StarlingError;
}

export interface JoinOptions {
  profile?: Profile;
  password?: string;
  /** Called when the room has a lobby and somebody must let this member in first. */
  onWaiting?: () => void;
}

/** Connects; resolves once the session is served, rejects when no server could be reached or one turned the client away. */
export function connect(options?: ConnectOptions): Promise<Client>;

/** A session with the flock. It outlives its connections. */
export class Client extends Emitter<ClientEvents> {
  private constructor();
  readonly state: ClientState;
  readonly rooms: ReadonlyMap<string, Room>;
  /** For RTCPeerConnection, with the credentials that the server minted last. */
  readonly iceServers: readonly RTCIceServer[];
  /** Round trip to the server in milliseconds, or null before it was measured. */
  readonly rtt: number | null;
  readonly user: string | null;
  readonly node: string | null;
  readonly region: string | null;
  readonly limits: Limits;
  readonly clock: Clock;
  join(name: string, options?: JoinOptions): Promise<Room>;
  /** Drops the connection and resumes on another. Nothing is lost. */
  reconnect(): void;
  /** Ends the session: its rooms see it leave at once. */
  close(): void;
}

export interface RelayEvent {
  from: string;
  member: Member | undefined;
  data: Relayed;
}

export interface RoomEvents {
  joined: { member: Member };
  updated: { member: Member; previous: Member };
  left: { member: Member; reason: LeaveReason | undefined };
  signal: RelayEvent;
  broadcast: RelayEvent;
  /** A message of another member; one's own is what `chat` resolves with. */
  chat: ChatMessage;
  /** Another moderator changed them. */
  settings: Settings;
  /** Regions that can't be reached; empty when all is well again. */
  degraded: readonly Degraded[];
  /** Somebody waits in the lobby; to moderators. */
  knock: { member: string; user: string; profile: Profile };
  /** A moderator asks this member to mute itself. */
  mute: { from: string };
  /** The application says something to this member by way of the server. */
  announcement: { data: Json };
  /** This session had fallen out of the room and is back, maybe under another member id. */
  rejoined: { previousSelf: string };
  /** The room is over for this session. */
  ended: { reason: 'leave' | 'timeout' | 'kicked' | 'banned' | 'closed' | 'error'; error?: StarlingError };
}

/** A room as this session sees it. */
export class Room extends Emitter<RoomEvents> {
  private constructor();
  readonly client: Client;
  readonly name: string;
  readonly state: 'joining' | 'joined' | 'ended';
  /** This session's member id. */
  readonly self: string;
  readonly role: Role;
  /** The others, by member id. */
  readonly members: ReadonlyMap<string, Member>;
  /** The newest chat messages, oldest first, one's own included. */
  readonly messages: readonly ChatMessage[];
  readonly settings: Settings;
  readonly degraded: readonly Degraded[];
  readonly ownProfile: Profile;
  /** Resolves once the receiver confirmed. */
  signal(to: string, data: Json | object): Promise<void>;
  /** Resolves once all present members confirmed or their bound passed. */
  broadcast(data: Json | object): Promise<{ missed: string[] }>;
  /** Resolves once two servers hold the message. */
  chat(data: Json | object): Promise<ChatMessage>;
  history(range?: { before?: string; limit?: number }): Promise<{ messages: ChatMessage[]; more: boolean }>;
  /** Replaces this member's profile. */
  profile(profile: Profile): Promise<void>;
  configure(change: SettingsChange): Promise<void>;
  moderate(
    action: 'kick' | 'ban' | 'unban' | 'admit' | 'deny' | 'mute' | 'close',
    target?: { member?: string; user?: string; seconds?: number },
  ): Promise<void>;
  leave(): Promise<void>;
}

/** What a PeerLink sends to its other side. */
export type LinkData = {
  description?: RTCSessionDescriptionInit | null;
  candidate?: RTCIceCandidateInit;
  renew?: true;
  link?: string;
  peer?: string;
  [note: string]: unknown;
};

export interface PeerLinkOptions {
  /** Gives way when both offer at once: `member.polite`. */
  polite: boolean;
  /** Carries data to the other side in order, as `room.signal` does. */
  send: (data: LinkData) => Promise<void>;
  /** False waits for the other side's first offer. */
  initiator?: boolean;
  /** Asked for each connection and each ICE restart. */
  configuration?: () => RTCConfiguration;
  /** Adds tracks and channels to each fresh connection. */
  prepare?: (connection: RTCPeerConnection, offers: boolean) => void;
  /** What else goes with each description, for the other side's `notes`. */
  annotate?: () => object;
  clock?: Clock;
  RTCPeerConnection?: typeof RTCPeerConnection;
}

export interface PeerLinkEvents {
  connection: RTCPeerConnection;
  state: RTCPeerConnectionState;
  track: RTCTrackEvent;
  notes: { [note: string]: unknown };
  error: Error;
}

/** One RTCPeerConnection that negotiates by itself: "perfect negotiation" with trickled candidates. */
export class PeerLink extends Emitter<PeerLinkEvents> {
  constructor(options: PeerLinkOptions);
  readonly polite: boolean;
  readonly connection: RTCPeerConnection | null;
  readonly state: RTCPeerConnectionState;
  /** Takes what the other side sent; anything else is ignored or reported as an `error`. */
  receive(data: LinkData | Relayed): Promise<void>;
  /** Restarts ICE with a fresh configuration. */
  restart(): void;
  /** Asks the other side to begin anew with this connection. */
  renew(): void;
  close(): void;
}

export type Slot = 'audio' | 'video' | 'screen' | 'screenAudio';

export interface Quality {
  readonly level: 'good' | 'fair' | 'poor' | 'lost';
  /** Share of packets lost since the last look, 0 to 1. */
  readonly loss: number;
  readonly rttMs: number | null;
}

export interface CallPeerEvents {
  stream: { group: 'camera' | 'screen'; stream: MediaStream };
  state: RTCPeerConnectionState;
  error: Error;
}

/** Another member of a call. */
export class CallPeer extends Emitter<CallPeerEvents> {
  private constructor();
  readonly member: Member;
  readonly link: PeerLink;
  readonly state: RTCPeerConnectionState;
  readonly camera: MediaStream | null;
  /** Whether it's shared now is in `member.profile.media.screen`. */
  readonly screen: MediaStream | null;
  readonly quality: Quality;
  /** False while signaling has lost sight of the member and only its media go on. */
  readonly present: boolean;
}

export interface CallOptions {
  stream?: MediaStream | null;
  /** Added to the server's `iceServers`. */
  configuration?: RTCConfiguration;
  /** How often to look at the connections; 2,000 by default. */
  qualityMs?: number;
  /** How long media of a member out of sight go on at most; 30,000 by default. */
  lingerMs?: number;
}

export interface CallEvents {
  peer: { peer: CallPeer };
  gone: { peer: CallPeer; reason: LeaveReason | undefined };
  /** A peer's member changed: its profile, or whether it's in sight. */
  member: { peer: CallPeer };
  stream: { peer: CallPeer; group: 'camera' | 'screen'; stream: MediaStream };
  state: { peer: CallPeer; state: RTCPeerConnectionState };
  quality: { peer: CallPeer; quality: Quality };
  /** One's own tracks or mutes changed. */
  local: { muted: { audio: boolean; video: boolean } };
  error: Error;
}

/** A call among all members of a room that have one: everybody is connected with everybody. */
export class Call extends Emitter<CallEvents> {
  constructor(room: Room, options?: CallOptions);
  readonly room: Room;
  readonly id: string;
  readonly peers: ReadonlyMap<string, CallPeer>;
  readonly muted: { readonly audio: boolean; readonly video: boolean };
  track(slot: Slot): MediaStreamTrack | null;
  /** Sends another track in a slot, or none. */
  setTrack(slot: Slot, track: MediaStreamTrack | null): Promise<void>;
  mute(slot: 'audio' | 'video', muted?: boolean): void;
  /** Without `stream` the browser asks what to share. */
  shareScreen(stream?: MediaStream): Promise<MediaStream>;
  stopScreen(): Promise<void>;
  /** Changes parts of one's profile; the rest stays. */
  setProfile(changes: Profile): Promise<void>;
  close(): void;
}
