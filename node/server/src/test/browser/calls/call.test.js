import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { Person, SERVER, by, freshRoom, launch, skip } from './browser.js';

describe('a call in the demo room', { skip }, () => {
  let browser;

  before(async () => { browser = await launch(); });
  after(() => browser?.close());
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

  async function callOf(...names) {
    const room = freshRoom();
    const people = [];
    for (const name of names) {
      people.push(await Person.in(browser, room, name));
    }
    await Promise.all(people.map((person) => person.seesAndHears(names.length - 1)));
    return { room, people };
  }

  test('twoPeopleMeetByLinkAndThenAThirdJoins', async () => {
    const { room, people } = await callOf('Ada', 'Bo');
    people.push(await Person.in(browser, room, 'Cy'));
    await Promise.all(people.map((person) => person.seesAndHears(2)));
    assert.equal(await by(people[0].page, 'people').textContent(), '3 people');
    people.forEach(({ complaints }) => assert.deepEqual(complaints, []));
  });

  test('pageAsksNobodyButItsServer', async () => {
    const { people } = await callOf('Ada', 'Bo');
    people.forEach(({ origins }) => assert.deepEqual([...origins], [new URL(SERVER).host]));
  });

  test('chatArrivesOnceAndInOrder', async () => {
    const { people: [ada, bo] } = await callOf('Ada', 'Bo');
    await ada.says('first');
    await ada.says('second');
    await bo.reads('second');
    await bo.says('third');
    await ada.reads('third');
    for (const { page } of [ada, bo]) {
      assert.deepEqual(await by(page, 'message-text').allTextContents(), ['first', 'second', 'third']);
    }
  });

  test('latecomerReadsWhatWasSaid', async () => {
    const { room, people } = await callOf('Ada', 'Bo');
    await people[0].says('before you came');
    await people[1].reads('before you came');
    people.push(await Person.in(browser, room, 'Cy'));
    await people[2].reads('before you came');
  });

  test('muteAndRaisedHandAreSeenByTheOthers', async () => {
    const { people: [ada, bo] } = await callOf('Ada', 'Bo');
    await ada.press('mic');
    await by(bo.tileOf('Ada'), 'tile-muted').waitFor();
    await ada.press('mic');
    await by(bo.tileOf('Ada'), 'tile-muted').waitFor({ state: 'hidden' });
    await ada.page.keyboard.press('h');
    await by(bo.tileOf('Ada'), 'tile-hand').waitFor();
  });

  test('cameraGoesOffAndComesBack', async () => {
    const { people: [ada, bo] } = await callOf('Ada', 'Bo');
    await ada.press('camera');
    await bo.page.locator('.tile.dark:not(.self)').waitFor();
    await ada.press('camera');
    await bo.page.locator('.tile:not(.self):not(.dark)').waitFor();
    await bo.seesAndHears(1);
  });

  test('anotherCameraReplacesTheFirstInTheRunningCall', async () => {
    const { people: [ada, bo] } = await callOf('Ada', 'Bo');
    const labelOf = () => ada.page.evaluate(() => globalThis.starling.call.track('video').label);
    const first = await labelOf();
    await ada.press('devices-open');
    await by(ada.page, 'camera-device').selectOption({ index: 2 });
    await ada.page.waitForFunction((label) => ![undefined, label].includes(globalThis.starling.call.track('video')?.label), first);
    await bo.seesAndHears(1);
  });

  test('sharedScreenIsDecodedByTheOthersUntilItEnds', async () => {
    const { people: [ada, bo, cy] } = await callOf('Ada', 'Bo', 'Cy');
    await ada.press('screen');
    await Promise.all([bo.seesScreen(), cy.seesScreen()]);
    await ada.press('screen');
    await Promise.all([bo, cy].map(({ page }) => page.locator('.tile.screen').waitFor({ state: 'detached' })));
    await ada.press('screen');
    await bo.seesScreen();
  });

  test('latecomerSeesTheSharedScreen', async () => {
    const { room, people } = await callOf('Ada', 'Bo');
    await people[0].press('screen');
    await people[1].seesScreen();
    people.push(await Person.in(browser, room, 'Cy'));
    await people[2].seesScreen();
  });

  test('leavingRemovesTheTile', async () => {
    const { people: [ada, bo, cy] } = await callOf('Ada', 'Bo', 'Cy');
    await ada.press('leave');
    await by(ada.page, 'lobby').waitFor();
    await Promise.all([bo, cy].map((person) => person.tileOf('Ada').waitFor({ state: 'detached' })));
    await bo.seesAndHears(1);
  });

  test('closedWindowLeavesNoGhost', async () => {
    const { people: [ada, bo] } = await callOf('Ada', 'Bo');
    const farewell = bo.page.evaluate(() => new Promise((resolve) => {
      globalThis.starling.room.on('left', ({ reason }) => resolve(reason));
    }));
    await ada.page.close({ runBeforeUnload: false });
    assert.equal(await farewell, 'leave');
    await bo.tileOf('Ada').waitFor({ state: 'detached' });
  });

  test('whoLeftCanComeBack', async () => {
    const { people: [ada, bo] } = await callOf('Ada', 'Bo');
    await ada.press('leave');
    await by(ada.page, 'lobby').waitFor();
    await ada.press('join');
    await by(ada.page, 'call').waitFor();
    await Promise.all([ada.seesAndHears(1), bo.seesAndHears(1)]);
  });

  test('personWithoutCameraSeesTheOthersAndChats', async () => {
    const { room, people: [ada] } = await callOf('Ada');
    const bo = await Person.in(browser, room, 'Bo', { prepare: denyDevices });
    await bo.seesAndHears(1);
    await ada.page.locator('.tile.dark:not(.self)').waitFor();
    await bo.says('I have no camera');
    await ada.reads('I have no camera');
  });

  test('lobbySaysWhyThereIsNoCamera', async () => {
    const { page } = await Person.at(browser, '/', { prepare: denyDevices });
    await by(page, 'preview-note').getByText(/doesn't let this page use your microphone and camera/).waitFor();
  });

  test('lobbySaysThatTheServerIsOutOfReach', async () => {
    const ada = await Person.at(browser, '/', { cuttable: true });
    ada.cutSignaling();
    await by(ada.page, 'name').fill('Ada');
    await ada.press('join');
    await by(ada.page, 'join-error').getByText(/server can't be reached/).waitFor();
    ada.restoreSignaling();
    await ada.press('join');
    await by(ada.page, 'call').waitFor();
  });

  test('invitationLeadsToTheSameRoom', async () => {
    const { room, people: [ada] } = await callOf('Ada');
    await ada.press('copy-link');
    const link = new URL(await ada.page.evaluate(() => navigator.clipboard.readText()));
    assert.equal(link.searchParams.get('room'), room);
    const bo = await Person.at(browser, link.pathname + link.search);
    assert.equal(await by(bo.page, 'room').inputValue(), room);
  });
});

function denyDevices(page) {
  return page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('denied', 'NotAllowedError'));
  });
}
