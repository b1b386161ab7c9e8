import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as sdk from '../../../main/web/sdk/starling.js';

const folder = new URL('../../../main/web/sdk/', import.meta.url);
const textOf = (file) => readFileSync(new URL(file, folder), 'utf8');

test('typesDeclareWhatTheModuleExports', () => {
  const declared = [...textOf('starling.d.ts').matchAll(/^export (?:class|function) (\w+)/gm)].map(([, name]) => name);
  assert.deepEqual(declared.sort(), Object.keys(sdk).sort());
});

test('packageNamesFilesThatExist', () => {
  const { exports, types, files } = JSON.parse(textOf('package.json'));
  const named = [exports['.'].types, exports['.'].default, types, ...files];
  assert.deepEqual(named.filter((file) => !existsSync(new URL(file, folder))), []);
});
