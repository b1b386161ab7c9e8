import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Person, by, freshRoom, launch, skip } from './browser.js';

describe('a call whose signaling is lost', { skip }, () => {
  let browser;
  let ada;
  let bo;

  before(async () => {
    browser = await launch();
    const room = freshRoom();
    ada = await Person.in(browser, room, 'Ada', { cuttable: true });
    bo = await Person.in(browser, room, 'Bo');
    await Promise.all([ada, bo].map((person) => person.seesAndHears(1)));
    await Promise.all([ada, bo].map(({ page }) => page.evaluate(markConnection)));
  });
  after(() => browser?.close());

  async function talkOn(text) {
    await Promise.all([ada, bo].map((person) => person.seesAndHears(1)));
    await ada.says(`${text} from Ada`);
    await bo.reads(`${text} from Ada`);
    await bo.says(`${text} from Bo`);
    await ada.reads(`${text} from Bo`);
    for (const { page } of [ada, bo]) {
      assert.equal(await page.evaluate(isMarkedConnection), true, 'the media connection is the same as before');
    }
  }

  test('resumesWithoutAnybodyNoticing', async () => {
    await ada.page.evaluate(() => globalThis.starling.client.reconnect());
    await talkOn('resumed');
    assert.equal(await ada.page.evaluate(() => globalThis.starling.client.state), 'connected');
  });

  test('mediaFlowWhileSignalingIsAwayAndChatComesThroughAfterwards', async () => {
    ada.cutSignaling();
    await by(ada.page, 'banner').waitFor();
    await ada.says('written while away');
    await Promise.all([ada, bo].map((person) => person.seesAndHears(1)));
    ada.restoreSignaling();
    await bo.reads('written while away');
    await by(ada.page, 'banner').waitFor({ state: 'hidden' });
    await talkOn('back');
  });

  test('mediaFlowEvenWhenTheRoomGaveTheMemberUp', async () => {
    ada.cutSignaling();
    await bo.page.waitForFunction(() => globalThis.starling.room.members.size === 0);
    await Promise.all([ada, bo].map((person) => person.seesAndHears(1)));
    ada.restoreSignaling();
    await bo.page.waitForFunction(() => globalThis.starling.room.members.size === 1);
    await talkOn('rejoined');
  });
});

describe('a call whose session is lost', { skip }, () => {
  let browser;

  before(async () => { browser = await launch(); });
  after(() => browser?.close());

  test('isSetUpAnewUnderANewMember', async () => {
    const room = freshRoom();
    const ada = await Person.in(browser, room, 'Ada', { cuttable: true });
    const bo = await Person.in(browser, room, 'Bo');
    await Promise.all([ada, bo].map((person) => person.seesAndHears(1)));
    const former = await ada.page.evaluate(() => globalThis.starling.room.self);
    ada.loseSession();
    await bo.page.waitForFunction((id) => !globalThis.starling.call.peers.has(id), former);
    await Promise.all([ada, bo].map((person) => person.seesAndHears(1)));
    await ada.says('new session');
    await bo.reads('new session');
  });
});

function markConnection() {
  [...globalThis.starling.call.peers.values()][0].link.connection.isTheFirst = true;
}

function isMarkedConnection() {
  return [...globalThis.starling.call.peers.values()][0].link.connection.isTheFirst === true;
}
