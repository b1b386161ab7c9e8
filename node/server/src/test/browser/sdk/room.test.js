import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WELCOME, clientInRoom, comeBack, connectedClient, joined, member, outcome, settle } from './harness.js';

const chat = (id, data = 'hi') => ({ message: id, from: 'M2', user: 'user-M2', at: '2026-01-01T00:00:00.000Z', data });
const RESUMED = { ...WELCOME, resumed: true, offset: 'o1' };

function log(room, ...types) {
  const events = [];
  types.forEach((type) => room.on(type, (detail) => events.push([type, detail?.member?.member ?? detail])));
  return events;
}

test('joinGivesTheRoomAsItIs', async () => {
  const { client, network, room } = await clientInRoom();
  assert.equal(room.self, 'M1');
  assert.deepEqual([...room.members.keys()], ['M2']);
  assert.equal(client.rooms.get('garden'), room);
  assert.equal(network.sockets.length, 1);
});

test('refusedJoinRejectsWithItsCode', async () => {
  const { client, network } = await connectedClient();
  const joining = outcome(client.join('full'));
  await settle();
  await network.last.receive({ type: 'error', id: 1, code: 'ROOM_FULL', message: 'full', retry: true });
  assert.equal(joining.error.code, 'ROOM_FULL');
  assert.equal(client.rooms.size, 0);
});

test('lobbyIsAnnouncedBeforeTheRoomOpens', async () => {
  const { client, clock, network } = await connectedClient();
  let waiting = 0;
  const joining = outcome(client.join('garden', { onWaiting: () => { waiting += 1; } }));
  await settle();
  await network.last.receive({ type: 'waiting', id: 1 });
  assert.equal(waiting, 1);
  for (let beat = 0; beat < 20; beat += 1) {
    await clock.advance(4_000);
    await network.last.receive({ type: 'pong' });
  }
  assert.equal(network.sockets.length, 1, 'a lobby may take its time');
  await network.last.receive(joined('garden', { id: 1 }));
  assert.equal(joining.status, 'fulfilled');
});

test('membersComeChangeAndGo', async () => {
  const { network, room } = await clientInRoom();
  const events = log(room, 'joined', 'updated', 'left');
  const told = (event, who, offset) => ({ type: 'member', room: 'garden', event, member: who, offset });
  await network.last.receive(
    told('joined', member('M3'), 'o2'), told('updated', member('M3', { profile: { name: 'Bo' } }), 'o3'),
    told('left', member('M2'), 'o4'));
  assert.deepEqual(events, [['joined', 'M3'], ['updated', 'M3'], ['left', 'M2']]);
  assert.deepEqual([...room.members.keys()], ['M3']);
  assert.equal(room.members.get('M3').profile.name, 'Bo');
});

test('repeatedNewsIsNoNews', async () => {
  const { network, room } = await clientInRoom();
  const events = log(room, 'joined', 'updated', 'left', 'chat');
  await network.last.receive(
    { type: 'member', room: 'garden', event: 'joined', member: member('M2'), offset: 'o2' },
    { type: 'member', room: 'garden', event: 'left', member: member('M7'), offset: 'o3' },
    { type: 'chat', room: 'garden', message: chat('C1'), offset: 'o4' },
    { type: 'chat', room: 'garden', message: chat('C1'), offset: 'o5' });
  assert.deepEqual(events.map(([type]) => type), ['chat']);
});

test('ownChatIsKeptWithTheOthers', async () => {
  const { network, room } = await clientInRoom();
  const saying = outcome(room.chat({ text: 'hello' }));
  await settle();
  await network.last.receive({ type: 'done', id: 2, message: 'C9', at: '2026-01-02T00:00:00.000Z', copies: 2 });
  assert.deepEqual(saying.value, {
    message: 'C9', from: 'M1', user: 'ada', at: '2026-01-02T00:00:00.000Z', data: { text: 'hello' },
  });
  assert.deepEqual(room.messages, [saying.value]);
});

test('historyPagesBackwards', async () => {
  const { network, room } = await clientInRoom();
  const page = outcome(room.history({ before: 'C5', limit: 2 }));
  await settle();
  assert.deepEqual(network.last.taken(), [{ type: 'history', room: 'garden', before: 'C5', limit: 2, id: 2 }]);
  await network.last.receive({ type: 'history', id: 2, messages: [chat('C3'), chat('C4')], more: true });
  assert.deepEqual(page.value, { messages: [chat('C3'), chat('C4')], more: true });
});

test('memberWhoIsPutOutStaysOut', async () => {
  const world = await clientInRoom();
  const events = log(world.room, 'ended');
  await world.network.last.receive(
    { type: 'member', room: 'garden', event: 'left', member: member('M1'), reason: 'kicked', offset: 'o2' });
  assert.equal(events[0][1].reason, 'kicked');
  await comeBack(world);
  await world.network.last.receive({ ...RESUMED, rooms: [] }, { type: 'replayed' });
  assert.deepEqual(world.network.last.taken(), []);
});

test('leavingIsFinalAndTolerant', async () => {
  const { client, network, room } = await clientInRoom();
  const leaving = outcome(room.leave());
  await settle();
  assert.equal(client.rooms.size, 0);
  await network.last.receive({ type: 'error', id: 2, code: 'NOT_IN_ROOM', message: '', retry: false });
  assert.equal(leaving.status, 'fulfilled');
});

test('roomThatWentOnWithoutUsIsJoinedAgainWithTheSession', async () => {
  const world = await clientInRoom();
  const events = log(world.room, 'joined', 'left', 'rejoined');
  await comeBack(world);
  await world.network.last.receive({ ...RESUMED, rooms: [] });
  world.room.chat('held');
  await world.network.last.receive({ type: 'replayed' });
  const sent = world.network.last.taken();
  assert.deepEqual(sent.map(({ type, id }) => [type, id]), [['join', 2]]);
  assert.deepEqual(sent[0].profile, { name: 'Ada' });
  await world.network.last.receive(joined('garden', { id: 2, members: [member('M3')], offset: 'o5' }));
  assert.deepEqual(events, [['left', 'M2'], ['joined', 'M3'], ['rejoined', { previousSelf: 'M1' }]]);
  assert.deepEqual(world.network.last.taken().filter(({ type }) => type === 'chat').map(({ id }) => id), [3]);
});

test('forgottenSessionJoinsItsRoomsAgainAsANewMember', async () => {
  const world = await clientInRoom();
  const signal = outcome(world.room.signal('M2', 'written'));
  await settle();
  await comeBack(world);
  const chatting = outcome(world.room.chat('not yet written'));
  await world.network.last.receive({ ...WELCOME, session: 'S2', resumed: false, reason: 'EXPIRED' });
  assert.equal(signal.error.code, 'SESSION_LOST');
  const [{ type, id }] = world.network.last.taken();
  assert.equal(type, 'join');
  await world.network.last.receive(joined('garden', { id, self: 'M8', members: [member('M2')], offset: 'p1' }));
  assert.equal(world.room.self, 'M8');
  assert.deepEqual(world.network.last.taken().filter((frame) => frame.type === 'chat').map(({ data }) => data), ['not yet written']);
  assert.equal(chatting.status, 'pending');
});

test('profileSurvivesALostSession', async () => {
  const world = await clientInRoom();
  const renaming = outcome(world.room.profile({ name: 'Grace' }));
  await settle();
  await comeBack(world);
  await world.network.last.receive({ ...WELCOME, resumed: false, reason: 'UNKNOWN' });
  assert.equal(renaming.status, 'fulfilled');
  assert.deepEqual(world.network.last.taken()[0].profile, { name: 'Grace' });
});

test('snapshotReplacesWhatWasMissed', async () => {
  const { network, room } = await clientInRoom();
  const events = log(room, 'joined', 'left');
  await network.last.receive(joined('garden', { members: [member('M4')], chat: [chat('C7')], offset: 'o9' }));
  assert.deepEqual(events, [['left', 'M2'], ['joined', 'M4']]);
  assert.deepEqual(room.messages, [chat('C7')]);
});

test('degradedRoomSaysSinceWhenAndHeals', async () => {
  const { network, room } = await clientInRoom();
  const degraded = [{ region: 'r2', since: '2026-01-01T00:00:00.000Z' }];
  await network.last.receive({ type: 'degraded', room: 'garden', degraded });
  assert.deepEqual(room.degraded, degraded);
  await network.last.receive({ type: 'degraded', room: 'garden', degraded: [] });
  assert.deepEqual(room.degraded, []);
});

test('joinUnderWayOutlivesItsConnection', async () => {
  const world = await connectedClient();
  const joining = outcome(world.client.join('garden'));
  await settle();
  await comeBack(world);
  await world.network.last.receive({ ...RESUMED, rooms: [] }, { type: 'replayed' });
  assert.deepEqual(world.network.last.taken().map(({ type, id }) => [type, id]), [['join', 1]]);
  await world.network.last.receive(joined('garden', { id: 1 }));
  assert.equal(joining.status, 'fulfilled');
});
