import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WELCOME, clientInRoom, comeBack, settle } from './harness.js';

const signal = (data, offset) => ({ type: 'signal', room: 'garden', from: 'M2', data, offset });

function heard(room) {
  const data = [];
  room.on('signal', (event) => data.push(event.data));
  return data;
}

test('manyEventsAreConfirmedOnceAndInTime', async () => {
  const { clock, network } = await clientInRoom();
  await network.last.receive(signal(1, 'o2'));
  await network.last.receive(signal(2, 'o3'));
  assert.deepEqual(network.last.taken(), []);
  await clock.advance(199);
  assert.deepEqual(network.last.taken(), [{ type: 'confirm', offset: 'o3' }]);
  await clock.advance(1_000);
  assert.deepEqual(network.last.taken(), []);
});

test('confirmationGoesWithTheNextFrame', async () => {
  const { network, room } = await clientInRoom();
  await network.last.receive(signal(1, 'o2'));
  room.signal('M2', 'answer');
  await settle();
  assert.deepEqual(network.last.taken().map(({ type }) => type), ['confirm', 'signal']);
});

test('eventsOfOneWriteAreDeliveredInOrder', async () => {
  const { network, room } = await clientInRoom();
  const data = heard(room);
  await network.last.receive(signal(1), signal(2));
  assert.deepEqual(data, [], 'a write that broke off comes again');
  await network.last.receive(signal(3, 'o2'));
  assert.deepEqual(data, [1, 2, 3]);
});

test('writeThatBrokeOffIsNotTakenTwice', async () => {
  const world = await clientInRoom();
  const data = heard(world.room);
  await world.network.last.receive(signal(1));
  const hello = await comeBack(world);
  assert.equal(hello.resume.offset, 'o1');
  await world.network.last.receive(
    { ...WELCOME, resumed: true, rooms: ['garden'], offset: 'o1' }, signal(1), signal(2, 'o3'), { type: 'replayed' });
  assert.deepEqual(data, [1, 2]);
});

test('replayedEventsMoveTheOffset', async () => {
  const world = await clientInRoom();
  await comeBack(world);
  await world.network.last.receive({ ...WELCOME, resumed: true, rooms: ['garden'], offset: 'o1' }, signal(1, 'o2'));
  assert.equal((await comeBack(world)).resume.offset, 'o2');
});

test('bytesFromAProtobufClientArriveAsBytes', async () => {
  const { network, room } = await clientInRoom();
  const data = heard(room);
  await network.last.receive({ ...signal('AQID', 'o2'), encoding: 'base64' });
  assert.deepEqual(data, [new Uint8Array([1, 2, 3])]);
});
