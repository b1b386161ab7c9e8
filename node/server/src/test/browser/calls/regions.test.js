import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Person, REGIONS, by, freshRoom, launch, skip } from './browser.js';

const noRegions = REGIONS.length < 2 && 'STARLING_REGIONS names no nodes of two regions';

describe('a call between two regions', { skip: skip || noRegions }, () => {
  let browser;

  before(async () => { browser = await launch(); });
  after(() => browser?.close());

  test('mediaFlowAndChatArrivesAtNodesThatShareTheRoom', async () => {
    const room = freshRoom();
    const [ada, bo] = await Promise.all(
      ['Ada', 'Bo'].map((name, index) => Person.in(browser, room, name, { server: REGIONS[index] })));
    await Promise.all([ada, bo].map((person) => person.seesAndHears(1)));
    await ada.says('from one region');
    await bo.reads('from one region');
    await bo.says('from the other');
    await ada.reads('from the other');
    for (const { page, complaints } of [ada, bo]) {
      assert.deepEqual(await by(page, 'message-text').allTextContents(), ['from one region', 'from the other']);
      assert.deepEqual(complaints, []);
    }
    const regions = await Promise.all([ada, bo].map(({ page }) => page.evaluate(memberRegions)));
    assert.notDeepEqual(regions[0], regions[1], 'each is in the other region to the other');
    await ada.press('leave');
    await bo.tileOf('Ada').waitFor({ state: 'detached' });
  });
});

function memberRegions() {
  return [...globalThis.starling.room.members.values()].map(({ region }) => region);
}
