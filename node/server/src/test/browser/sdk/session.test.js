import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from '../../../main/web/sdk/starling.js';
import { FakeClock, FakeNetwork, WELCOME, clientInRoom, comeBack, connectedClient, dropUntilNextAttempt, outcome, settle } from './harness.js';

async function connecting(options) {
  const clock = new FakeClock();
  const network = new FakeNetwork();
  const result = outcome(connect({ url: 'ws://one.test', clock, WebSocket: network.WebSocket, ...options }));
  await settle();
  return { clock, network, result };
}

test('helloCarriesTheTokenAndSpeaksTheSubprotocol', async () => {
  const { network } = await connecting({ url: 'https://one.test', token: async () => 'jwt' });
  await network.last.open();
  assert.equal(network.last.url, 'wss://one.test/v1/ws');
  assert.equal(network.last.subprotocol, 'starling.v1.json');
  assert.deepEqual(network.last.taken(), [{ type: 'hello', token: 'jwt' }]);
});

test('connectGivesUpWhenNoServerAnswers', async () => {
  const { clock, network, result } = await connecting({ attempts: 2 });
  await network.last.drop();
  await clock.advance(1_000);
  await network.last.drop();
  assert.equal(network.sockets.length, 2);
  assert.equal(result.error.code, 'NO_CONNECTION');
  assert.equal(result.error.retry, true);
});

test('connectTriesEveryUrl', async () => {
  const { clock, network, result } = await connecting({ urls: ['ws://one.test', 'ws://two.test'], attempts: 1 });
  await network.last.drop();
  await clock.advance(1_000);
  assert.equal(network.last.url, 'ws://two.test/v1/ws');
  await network.last.open();
  await network.last.receive(WELCOME);
  assert.equal(result.status, 'fulfilled');
});

test('connectRejectsWithTheServersReasonWhenTurnedAway', async () => {
  const { network, result } = await connecting({ token: 'bad' });
  await network.last.open();
  await network.last.receive({ type: 'error', code: 'UNAUTHENTICATED', message: 'bad signature', retry: false });
  await network.last.drop(4401);
  assert.equal(result.error.code, 'UNAUTHENTICATED');
  assert.equal(result.error.message, 'bad signature');
});

test('aSocketThatNeverOpensIsGivenUp', async () => {
  const { clock, network } = await connecting();
  await clock.advance(6_000);
  assert.equal(network.sockets[0].closedWith, 4408);
  assert.equal(network.sockets.length, 2);
});

test('brokenConnectionResumesWithTokenAndOffset', async () => {
  const world = await clientInRoom();
  const hello = await comeBack(world);
  assert.deepEqual(hello, { type: 'hello', resume: { token: 'T1', offset: 'o1' } });
});

test('newResumeTokenReplacesTheOlder', async () => {
  const world = await connectedClient();
  await world.network.last.receive({ type: 'token', resumeToken: 'T2' });
  assert.equal((await comeBack(world)).resume.token, 'T2');
});

test('replacedSessionDoesNotReconnect', async () => {
  const { client, clock, network } = await connectedClient();
  const states = [];
  client.on('state', (detail) => states.push(detail));
  await network.last.drop(4409);
  await clock.advance(60_000);
  assert.equal(network.sockets.length, 1);
  assert.equal(client.state, 'closed');
  assert.equal(states[0].error.code, 'REPLACED');
});

for (const closeCode of [1001, 1005, 1006, 1009, 1011, 1012, 1013, 4410, 4430, 4431]) {
  test(`closeCode${closeCode}Reconnects`, async () => {
    const world = await connectedClient();
    assert.equal((await comeBack(world, closeCode)).type, 'hello');
  });
}

test('expiredTokenIsFetchedAnew', async () => {
  let minted = 0;
  const world = await connectedClient({ token: () => `jwt-${++minted}` });
  assert.equal((await comeBack(world, 4402)).token, 'jwt-2');
  await world.network.last.receive({ ...WELCOME, resumed: true });
  assert.equal((await comeBack(world)).token, 'jwt-2', 'a good token is kept');
});

test('expiredTokenThatCannotBeFetchedAnewEndsTheSession', async () => {
  const { client, network } = await connectedClient({ token: 'jwt' });
  await network.last.drop(4402);
  assert.equal(client.state, 'closed');
});

test('attemptsSpreadOverGrowingDelays', async () => {
  const world = await connectedClient();
  const delays = [];
  world.client.on('state', ({ retryInMs }) => retryInMs !== undefined && delays.push(retryInMs));
  for (let attempt = 0; attempt < 9; attempt += 1) {
    await dropUntilNextAttempt(world);
  }
  assert.deepEqual(delays, [100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
});

test('aConnectionThatLastedEndsTheRowOfFailures', async () => {
  const world = await connectedClient();
  const delays = [];
  world.client.on('state', ({ retryInMs }) => retryInMs !== undefined && delays.push(retryInMs));
  await comeBack(world);
  await world.network.last.receive({ ...WELCOME, resumed: true }, { type: 'replayed' });
  await comeBack(world);
  await world.network.last.receive({ ...WELCOME, resumed: true, heartbeatMs: 60_000 }, { type: 'replayed' });
  await world.clock.advance(5_000);
  await world.network.last.drop();
  assert.deepEqual(delays, [100, 200, 100]);
});

test('nextAttemptGoesToAnotherNode', async () => {
  const world = await connectedClient({}, { urls: ['ws://one.test', 'ws://two.test'] });
  await comeBack(world);
  assert.equal(world.network.last.url, 'ws://two.test/v1/ws');
});

test('drainingNodeSendsTheSessionToANamedOne', async () => {
  const { clock, network } = await connectedClient({}, { urls: ['ws://two.test'] });
  await network.last.receive({ type: 'moved', urls: ['ws://three.test'], withinMs: 4_000 });
  await clock.advance(1_999);
  assert.equal(network.sockets.length, 1);
  await clock.advance(1);
  assert.equal(network.sockets[0].closedWith, 4000);
  assert.equal(network.last.url, 'ws://three.test/v1/ws');
  await network.last.open();
  assert.equal(network.last.taken()[0].resume.token, 'T1');
});

test('silentClientPings', async () => {
  const { client, clock, network } = await connectedClient();
  await clock.advance(5_000);
  assert.deepEqual(network.last.frames, [{ type: 'ping' }]);
  await clock.advance(20);
  await network.last.receive({ type: 'pong' });
  assert.equal(client.rtt, 20);
});

test('silentServerIsLeftAfterTwoHeartbeats', async () => {
  const { client, clock, network } = await connectedClient();
  await clock.advance(9_999);
  assert.equal(client.state, 'connected');
  await clock.advance(1);
  assert.equal(network.sockets[0].closedWith, 4410);
  assert.equal(client.state, 'reconnecting');
});

test('anyFrameProvesLife', async () => {
  const { client, clock, network } = await connectedClient();
  for (let second = 0; second < 30; second += 1) {
    await clock.advance(1_000);
    await network.last.receive({ type: 'degraded', room: 'elsewhere', degraded: [] });
  }
  assert.equal(client.state, 'connected');
});

test('pageThatSleptAsksBeforeItHangsUp', async () => {
  const { client, clock, network } = await connectedClient();
  await clock.sleep(60_000);
  assert.equal(client.state, 'connected');
  assert.deepEqual(network.last.frames, [{ type: 'ping' }]);
  await clock.advance(5_000);
  assert.equal(client.state, 'reconnecting');
});

test('closingEndsTheSessionAndRefusesWhatIsOpen', async () => {
  const { client, clock, network, room } = await clientInRoom();
  const chat = outcome(room.chat('hi'));
  client.close();
  await settle();
  await clock.advance(60_000);
  assert.equal(network.last.closedWith, 1000);
  assert.equal(network.sockets.length, 1);
  assert.equal(chat.error.code, 'CLOSED');
  await assert.rejects(room.chat('later'), { code: 'CLOSED' });
});

test('reconnectingByHandResumesAtOnce', async () => {
  const { client, network } = await connectedClient();
  client.reconnect();
  await settle();
  assert.equal(network.sockets[0].closedWith, 4000);
  await network.last.open();
  assert.equal(network.last.taken()[0].resume.token, 'T1');
});
