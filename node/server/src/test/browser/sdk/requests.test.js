import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WELCOME, clientInRoom, comeBack, outcome, settle } from './harness.js';

const RESUMED = { ...WELCOME, resumed: true, resumeToken: 'T2', rooms: ['garden'], offset: 'o1' };
const refusal = (id, code, retry = true) => ({ type: 'error', id, code, message: code, retry });
const signals = (socket) => socket.taken().filter(({ type }) => type === 'signal');

test('idsIncreaseInTheOrderOfCalls', async () => {
  const { network, room } = await clientInRoom();
  room.signal('M2', 'a');
  room.broadcast('b');
  room.chat('c');
  await settle();
  assert.deepEqual(network.last.taken().map(({ id, data }) => [id, data]), [[2, 'a'], [3, 'b'], [4, 'c']]);
});

test('signalEndsWhenTheReceiverConfirmed', async () => {
  const { network, room } = await clientInRoom();
  const signal = outcome(room.signal('M2', { n: 1 }));
  await settle();
  assert.equal(signal.status, 'pending');
  await network.last.receive({ type: 'done', id: 2 });
  assert.equal(signal.status, 'fulfilled');
});

test('unansweredRequestsGoOutAgainInOrderAfterTheReplay', async () => {
  const world = await clientInRoom();
  world.room.signal('M2', 'a');
  world.room.chat('b');
  world.room.signal('M2', 'c');
  await settle();
  await world.network.last.receive({ type: 'done', id: 2 });
  await comeBack(world);
  world.room.signal('M2', 'new');
  await world.network.last.receive(RESUMED);
  assert.deepEqual(world.network.last.taken(), [], 'nothing goes out during the replay');
  await world.network.last.receive({ type: 'replayed' });
  assert.deepEqual(world.network.last.taken().map(({ id, data }) => [id, data]), [[3, 'b'], [4, 'c'], [5, 'new']]);
});

test('answerThatComesTwiceHasNoSecondEffect', async () => {
  const { network, room } = await clientInRoom();
  const chat = outcome(room.chat('hi'));
  await settle();
  const answer = { type: 'done', id: 2, message: 'C1', at: '2026-01-01T00:00:00.000Z' };
  await network.last.receive(answer, answer);
  assert.equal(chat.value.message, 'C1');
  assert.equal(room.messages.length, 1);
});

test('refusedSignalSaysWhetherToRetry', async () => {
  const { network, room } = await clientInRoom();
  const unreachable = outcome(room.signal('M2', 'a'));
  const gone = outcome(room.signal('M9', 'b'));
  await settle();
  await network.last.receive(refusal(2, 'UNREACHABLE'), refusal(3, 'NO_SUCH_MEMBER', false));
  assert.deepEqual([unreachable.error.code, unreachable.error.retry], ['UNREACHABLE', true]);
  assert.deepEqual([gone.error.code, gone.error.retry], ['NO_SUCH_MEMBER', false]);
});

test('busyRoomOperationIsTriedAgainUnderANewId', async () => {
  const { clock, network, room } = await clientInRoom();
  const chat = outcome(room.chat('hi'));
  await settle();
  for (let id = 2; id <= 4; id += 1) {
    await network.last.receive(refusal(id, 'BUSY'));
    await clock.advance(2_000);
  }
  assert.deepEqual(network.last.taken().map(({ id }) => id), [2, 3, 4, 5]);
  assert.equal(chat.status, 'pending');
  await network.last.receive(refusal(5, 'BUSY'));
  assert.equal(chat.error.code, 'BUSY');
});

test('indeterminateSignalsGoOutAgainInOrderBeforeNewOnes', async () => {
  const { clock, network, room } = await clientInRoom();
  ['a', 'b', 'c'].forEach((data) => room.signal('M2', data));
  await settle();
  network.last.taken();
  await network.last.receive(refusal(2, 'INDETERMINATE'));
  room.signal('M2', 'new');
  room.signal('M3', 'other');
  await clock.advance(1_000);
  assert.deepEqual(signals(network.last).map(({ data }) => data), ['other'], 'one receiver holds no other up');
  await network.last.receive(refusal(3, 'INDETERMINATE'), refusal(4, 'INDETERMINATE'));
  await clock.advance(1_000);
  assert.deepEqual(signals(network.last).map(({ id, data }) => [id, data]), [[2, 'a'], [3, 'b'], [4, 'c'], [6, 'new']]);
});

test('broadcastWaitsBehindAnIndeterminateSignal', async () => {
  const { clock, network, room } = await clientInRoom();
  room.signal('M2', 'a');
  await settle();
  network.last.taken();
  await network.last.receive(refusal(2, 'INDETERMINATE'));
  room.broadcast('b');
  await settle();
  assert.deepEqual(network.last.taken(), []);
  await clock.advance(1_000);
  assert.deepEqual(network.last.taken().map(({ id, data }) => [id, data]), [[2, 'a'], [3, 'b']]);
});

test('indeterminateRoomOperationKeepsItsId', async () => {
  const { clock, network, room } = await clientInRoom();
  const chat = outcome(room.chat('hi'));
  await settle();
  await network.last.receive(refusal(2, 'INDETERMINATE'));
  await clock.advance(1_000);
  assert.deepEqual(network.last.taken().map(({ id }) => id), [2, 2]);
  await network.last.receive({ type: 'done', id: 2, message: 'C1', at: '2026-01-01T00:00:00.000Z' });
  assert.equal(chat.status, 'fulfilled');
});

test('tooLargeRequestNeverLeaves', async () => {
  const { network, room } = await clientInRoom();
  await assert.rejects(room.signal('M2', 'é'.repeat(2_100)), { code: 'TOO_LARGE', retry: false });
  assert.deepEqual(network.last.taken(), []);
});

test('floodOfRequestsIsPaced', async () => {
  const { network, room } = await clientInRoom();
  for (let n = 0; n < 300; n += 1) {
    room.signal('M2', n);
  }
  await settle();
  assert.equal(network.last.taken().length, 256);
  await network.last.receive({ type: 'done', id: 2 });
  assert.deepEqual(network.last.taken().map(({ data }) => data), [256]);
});

test('connectionThatOwesAnAnswerIsReplaced', async () => {
  const { clock, network, room } = await clientInRoom();
  room.signal('M2', 'a');
  await settle();
  for (let second = 0; second < 21; second += 1) {
    await clock.advance(1_000);
    await network.last.receive({ type: 'pong' });
  }
  assert.equal(network.sockets[0].closedWith, 4000);
});
