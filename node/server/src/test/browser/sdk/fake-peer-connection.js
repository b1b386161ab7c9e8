/** The signaling side of an RTCPeerConnection by the W3C's rules, without media or network. */
export class FakePeerConnection {
  signalingState = 'stable';
  connectionState = 'new';
  localDescription = null;
  remoteDescription = null;
  candidates = [];
  restarts = 0;
  isClosed = false;
  #made = 0;

  constructor(configuration) {
    this.configuration = configuration;
  }

  setConfiguration(configuration) {
    this.configuration = configuration;
  }

  restartIce() {
    this.restarts += 1;
  }

  async setLocalDescription() {
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    this.localDescription = { type, sdp: `${type} ${this.#made += 1}` };
    this.signalingState = type === 'offer' ? 'have-local-offer' : 'stable';
  }

  async setRemoteDescription(description) {
    if (description.type === 'answer' && this.signalingState !== 'have-local-offer') {
      throw new Error('no offer to answer');
    }
    this.remoteDescription = description;
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable';
  }

  async addIceCandidate(candidate) {
    if (!this.remoteDescription) {
      throw new Error('no remote description');
    }
    this.candidates.push(candidate);
  }

  close() {
    this.isClosed = true;
  }

  /** The browser noticed that something must be agreed on. */
  needNegotiation() {
    this.onnegotiationneeded();
  }

  changeState(state) {
    this.connectionState = state;
    this.onconnectionstatechange();
  }
}
