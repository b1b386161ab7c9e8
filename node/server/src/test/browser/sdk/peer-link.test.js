import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PeerLink, StarlingError } from '../../../main/web/sdk/starling.js';
import { FakePeerConnection } from './fake-peer-connection.js';
import { FakeClock, settle } from './harness.js';

/** Two ends of one link, and what is on the way between them until the test delivers it. */
async function pair({ polite = {}, impolite = {} } = {}) {
  const clock = new FakeClock();
  const ends = {};
  const make = (name, options) => {
    const sent = [];
    const link = new PeerLink({
      polite: name === 'polite', clock, RTCPeerConnection: FakePeerConnection, send: async (data) => { sent.push(data); }, ...options,
    });
    ends[name] = { link, sent };
  };
  make('polite', polite);
  make('impolite', impolite);
  await settle();
  return { clock, ...ends };
}

async function deliver(from, to) {
  for (const data of from.sent.splice(0)) {
    await to.link.receive(JSON.parse(JSON.stringify(data)));
  }
  await settle();
}

async function deliverAll(one, other) {
  while (one.sent.length + other.sent.length > 0) {
    await deliver(one, other);
    await deliver(other, one);
  }
}

async function offer(end) {
  end.link.connection.needNegotiation();
  await settle();
}

const agreed = (...ends) => ends.every(({ link }) => link.connection.signalingState === 'stable' && link.connection.remoteDescription);

test('offerIsAnswered', async () => {
  const { polite, impolite } = await pair();
  await offer(impolite);
  assert.equal(impolite.sent[0].description.type, 'offer');
  await deliverAll(impolite, polite);
  assert.ok(agreed(polite, impolite));
});

test('politeSideGivesWayWhenBothOffer', async () => {
  const { polite, impolite } = await pair();
  await Promise.all([offer(polite), offer(impolite)]);
  await deliver(polite, impolite);
  assert.equal(impolite.link.connection.remoteDescription, null, 'the impolite side ignores the offer');
  await deliver(impolite, polite);
  assert.equal(polite.link.connection.remoteDescription.type, 'offer');
  await deliverAll(impolite, polite);
  assert.ok(agreed(polite, impolite));
});

test('whoDoesNotInitiateWaitsForTheFirstOffer', async () => {
  const { polite, impolite } = await pair({ polite: { initiator: false } });
  await offer(polite);
  assert.deepEqual(polite.sent, []);
  await offer(impolite);
  await deliverAll(impolite, polite);
  await offer(polite);
  assert.equal(polite.sent[0].description.type, 'offer', 'later either side may offer');
});

test('candidatesFollowTheDescriptionThatTheyBelongTo', async () => {
  const { polite, impolite } = await pair();
  impolite.link.connection.onicecandidate({ candidate: { candidate: 'early' } });
  await offer(impolite);
  await deliver(impolite, polite);
  assert.deepEqual(polite.link.connection.candidates, [{ candidate: 'early' }]);
});

test('refusedDescriptionIsSentAgain', async () => {
  let refusals = 1;
  const arrived = [];
  const send = async (data) => {
    if (refusals > 0) {
      refusals -= 1;
      throw new StarlingError('UNREACHABLE', 'gone', true);
    }
    arrived.push(data);
  };
  const { clock, impolite } = await pair({ impolite: { send } });
  await offer(impolite);
  await clock.advance(1_000);
  assert.equal(arrived[0].description.type, 'offer');
});

test('descriptionThatANewerOneReplacedIsNotSentAgain', async () => {
  const arrived = [];
  let refuse = true;
  const send = async (data) => {
    if (refuse) {
      throw new StarlingError('UNREACHABLE', 'gone', true);
    }
    arrived.push(data.description.sdp);
  };
  const { clock, impolite } = await pair({ impolite: { send } });
  await offer(impolite);
  refuse = false;
  await offer(impolite);
  await clock.advance(10_000);
  assert.equal(arrived.length, 1);
});

test('finalRefusalIsReported', async () => {
  const errors = [];
  const { impolite } = await pair({
    impolite: { send: async () => { throw new StarlingError('NO_SUCH_MEMBER', 'left', false); } },
  });
  impolite.link.on('error', (error) => errors.push(error.code));
  await offer(impolite);
  assert.deepEqual(errors, ['NO_SUCH_MEMBER']);
});

test('offerOfAFreshConnectionReplacesTheOldOne', async () => {
  const { polite, impolite } = await pair();
  await offer(impolite);
  await deliverAll(impolite, polite);
  const former = polite.link.connection;
  const { impolite: reborn } = await pair();
  await offer(reborn);
  await deliverAll(reborn, polite);
  assert.ok(former.isClosed);
  assert.ok(agreed(polite, reborn));
});

test('offerToAConnectionThatIsNoMoreMakesTheOtherSideBeginAnew', async () => {
  const { polite, impolite } = await pair();
  await offer(impolite);
  await deliverAll(impolite, polite);
  const { polite: reborn } = await pair({ polite: { initiator: false } });
  const former = impolite.link.connection;
  await offer(impolite);
  await deliver(impolite, reborn);
  await deliver(reborn, impolite);
  assert.ok(former.isClosed);
  await offer(impolite);
  await deliverAll(impolite, reborn);
  assert.ok(agreed(impolite, reborn));
});

test('wordsForAConnectionThatIsNoMoreAreIgnored', async () => {
  const { polite, impolite } = await pair();
  await offer(impolite);
  await deliverAll(impolite, polite);
  await impolite.link.receive({ candidate: { candidate: 'late' }, link: 'unknown' });
  await impolite.link.receive({ description: { type: 'answer', sdp: 'late' }, link: 'unknown', peer: 'unknown' });
  assert.deepEqual(impolite.link.connection.candidates, []);
  assert.equal(impolite.link.connection.remoteDescription.sdp, 'answer 1');
});

test('restartTakesFreshCredentials', async () => {
  let issued = 0;
  const { impolite } = await pair({ impolite: { configuration: () => ({ iceServers: [{ urls: `turn:${issued += 1}` }] }) } });
  impolite.link.restart();
  assert.equal(impolite.link.connection.restarts, 1);
  assert.deepEqual(impolite.link.connection.configuration.iceServers, [{ urls: 'turn:2' }]);
});

test('eachFreshConnectionIsPrepared', async () => {
  const prepared = [];
  const { polite } = await pair({ polite: { prepare: (connection, offers) => prepared.push(offers) } });
  for (const stranger of ['first', 'second']) {
    await polite.link.receive({ description: { type: 'offer', sdp: stranger }, link: stranger });
  }
  assert.deepEqual(prepared, [true, false]);
});

test('notesTravelWithDescriptions', async () => {
  const { polite, impolite } = await pair({ impolite: { annotate: () => ({ streams: { screen: 's1' } }) } });
  const notes = [];
  polite.link.on('notes', ({ streams }) => notes.push(streams));
  await offer(impolite);
  await deliver(impolite, polite);
  assert.deepEqual(notes, [{ screen: 's1' }]);
});

test('closedLinkIsSilent', async () => {
  const { clock, polite, impolite } = await pair();
  await offer(impolite);
  polite.link.close();
  await deliver(impolite, polite);
  await clock.advance(10_000);
  assert.deepEqual(polite.sent, []);
  assert.equal(polite.link.state, 'closed');
});
