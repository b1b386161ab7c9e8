/** Bounds from which a connection is called poor or fair: the share of lost packets, and the round trip. */
const POOR = { loss: 0.08, rttMs: 600 };
const FAIR = { loss: 0.02, rttMs: 250 };

/**
 * Judges one RTCPeerConnection by what arrived since the last look.
 */
export class QualityMeter {
  #packets = { received: 0, lost: 0 };

  /** @returns {Promise<{level: 'good' | 'fair' | 'poor' | 'lost', loss: number, rttMs: number | null}>} */
  async measure(connection) {
    if (connection.connectionState !== 'connected') {
      return { level: 'lost', loss: 1, rttMs: null };
    }
    const stats = [...(await connection.getStats()).values()];
    const loss = this.#lossSince(stats.filter(({ type }) => type === 'inbound-rtp'));
    const pair = stats.find((entry) => entry.type === 'candidate-pair' && entry.nominated && entry.state === 'succeeded');
    const rttMs = pair?.currentRoundTripTime === undefined ? null : Math.round(pair.currentRoundTripTime * 1000);
    return { level: levelOf(loss, rttMs ?? 0), loss, rttMs };
  }

  #lossSince(inbound) {
    const sum = (field) => inbound.reduce((total, entry) => total + (entry[field] ?? 0), 0);
    const packets = { received: sum('packetsReceived'), lost: sum('packetsLost') };
    const received = Math.max(0, packets.received - this.#packets.received);
    const lost = Math.max(0, packets.lost - this.#packets.lost);
    this.#packets = packets;
    return lost === 0 ? 0 : lost / (lost + received);
  }
}

function levelOf(loss, rttMs) {
  if (loss > POOR.loss || rttMs > POOR.rttMs) {
    return 'poor';
  }
  return loss > FAIR.loss || rttMs > FAIR.rttMs ? 'fair' : 'good';
}
