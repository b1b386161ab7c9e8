import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Person, freshRoom, launch, skip, until } from './browser.js';

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
      assert.deepEqual(await until(page, localCandidateTypes), ['relay']);
    }
  });
});

/** Null until the browser's statistics, which it gathers now and then, know of any. */
async function localCandidateTypes() {
  const [{ link }] = globalThis.starling.call.peers.values();
  const stats = [...(await link.connection.getStats()).values()];
  const types = stats.filter(({ type }) => type === 'local-candidate').map(({ candidateType }) => candidateType);
  return types.length > 0 ? [...new Set(types)] : null;
}
