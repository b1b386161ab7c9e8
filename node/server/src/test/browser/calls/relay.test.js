import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Person, freshRoom, launch, skip } from './browser.js';

const noTurn = process.env.STARLING_TURN !== '1' && 'STARLING_TURN=1 says that the server hands out a TURN server';

describe('a call through the TURN server alone', { skip: skip || noTurn }, () => {
  let browser;

  before(async () => { browser = await launch(); });
  after(() => browser?.close());

  test('mintedCredentialsCarryMediaBothWays', async () => {
    const room = freshRoom();
    const people = [];
    for (const name of ['Ada', 'Bo']) {
      people.push(await Person.in(browser, room, name, { query: '&relay=1' }));
    }
    await Promise.all(people.map((person) => person.seesAndHears(1)));
    for (const { page } of people) {
      assert.deepEqual(await page.evaluate(localCandidateTypes), ['relay']);
    }
  });
});

async function localCandidateTypes() {
  const [{ link }] = globalThis.starling.call.peers.values();
  const stats = [...(await link.connection.getStats()).values()];
  return [...new Set(stats.filter(({ type }) => type === 'local-candidate').map(({ candidateType }) => candidateType))];
}
