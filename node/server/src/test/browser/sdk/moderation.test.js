import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WELCOME, clientInRoom, comeBack, connectedClient, joined, member, outcome, settle } from './harness.js';

const RESUMED = { ...WELCOME, resumed: true, offset: 'o1' };
const PUT_OUT = { type: 'member', room: 'garden', event: 'left', member: member('M1'), reason: 'kicked', offset: 'o2' };
const SETTINGS = { limit: 50, locked: false, lobby: false, password: false, residency: [], metadata: {} };

function collect(emitter, type) {
  const events = [];
  emitter.on(type, (detail) => events.push(detail));
  return events;
}

test('changeOfSettingsIsAskedForAndKnownToItsAuthor', async () => {
  const { network, room } = await clientInRoom({}, { limits: { membersPerRoom: 50 } });
  room.receive({ type: 'settings', settings: SETTINGS });
  const change = { limit: 99, locked: true, password: 'p', metadata: { topic: 'birds' } };
  const changing = outcome(room.configure(change));
  await settle();
  assert.deepEqual(network.last.taken(), [{ type: 'settings', room: 'garden', settings: change, id: 2 }]);
  await network.last.receive({ type: 'done', id: 2, copies: 1 });
  assert.equal(changing.status, 'fulfilled');
  assert.deepEqual(room.settings, { ...SETTINGS, locked: true, password: true, metadata: { topic: 'birds' } });
  room.configure({ password: '', lobby: true });
  await settle();
  await network.last.receive({ type: 'done', id: 3, copies: 1 });
  assert.deepEqual(room.settings, { ...SETTINGS, locked: true, lobby: true, metadata: { topic: 'birds' } });
});

test('refusedChangeChangesNothing', async () => {
  const { network, room } = await clientInRoom();
  room.receive({ type: 'settings', settings: SETTINGS });
  const changing = outcome(room.configure({ locked: true }));
  await settle();
  await network.last.receive({ type: 'error', id: 2, code: 'FORBIDDEN', message: '', retry: false });
  assert.equal(changing.error.code, 'FORBIDDEN');
  assert.deepEqual(room.settings, SETTINGS);
});

test('changeOfAnotherModeratorIsTold', async () => {
  const { network, room } = await clientInRoom();
  const events = collect(room, 'settings');
  await network.last.receive({ type: 'settings', room: 'garden', settings: SETTINGS, offset: 'o2' });
  assert.deepEqual(events, [SETTINGS]);
  assert.deepEqual(room.settings, SETTINGS);
});

test('decisionIsAskedForWithItsTarget', async () => {
  const { network, room } = await clientInRoom();
  const ban = outcome(room.moderate('ban', { user: 'eve', seconds: 60 }));
  await settle();
  assert.deepEqual(network.last.taken(),
    [{ type: 'moderate', room: 'garden', action: 'ban', user: 'eve', seconds: 60, id: 2 }]);
  await network.last.receive({ type: 'done', id: 2, copies: 1 });
  assert.equal(ban.status, 'fulfilled');
});

test('knocksAndRequestsToMuteAreTold', async () => {
  const { network, room } = await clientInRoom();
  const knocks = collect(room, 'knock');
  const mutes = collect(room, 'mute');
  await network.last.receive(
    { type: 'knock', room: 'garden', member: 'M7', user: 'eve', profile: { name: 'Eve' }, offset: 'o2' },
    { type: 'mute', room: 'garden', from: 'M2', offset: 'o3' });
  assert.deepEqual(knocks, [{ member: 'M7', user: 'eve', profile: { name: 'Eve' } }]);
  assert.deepEqual(mutes, [{ from: 'M2' }]);
});

test('announcementsOfTheApplicationAreTold', async () => {
  const { network, room } = await clientInRoom();
  const announcements = collect(room, 'announcement');
  await network.last.receive({ type: 'announcement', room: 'garden', data: { closes: 'at five' }, offset: 'o2' });
  assert.deepEqual(announcements, [{ data: { closes: 'at five' } }]);
});

test('whoIsTurnedAwayFromTheLobbyIsRejected', async () => {
  const { client, network } = await connectedClient();
  const joining = outcome(client.join('garden'));
  await settle();
  await network.last.receive({ type: 'waiting', id: 1 });
  await network.last.receive({ type: 'error', id: 1, code: 'DENIED', message: '', retry: false });
  assert.equal(joining.error.code, 'DENIED');
  assert.equal(client.rooms.size, 0);
});

test('memberPutOutWhileAwayDoesNotComeBack', async () => {
  const world = await clientInRoom();
  const ends = collect(world.room, 'ended');
  await comeBack(world);
  await world.network.last.receive({ ...RESUMED, rooms: [] }, PUT_OUT, { type: 'replayed' });
  assert.equal(ends[0].reason, 'kicked');
  assert.deepEqual(world.network.last.taken().filter(({ type }) => type === 'join'), []);
  const again = outcome(world.client.join('garden'));
  await settle();
  const [{ id }] = world.network.last.taken().filter(({ type }) => type === 'join');
  await world.network.last.receive(joined('garden', { id, offset: 'o3' }));
  assert.equal(again.status, 'fulfilled');
});
