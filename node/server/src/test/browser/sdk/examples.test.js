import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const SECRET = 'a secret of more than thirty-two bytes';
const pathOf = (file) => fileURLToPath(new URL(`../../../../../../examples/${file}`, import.meta.url));
const noPython = spawnSync('python3', ['--version']).error !== undefined && 'python3 is not installed';

const languages = [
  { name: 'Node', command: [process.execPath, pathOf('token.mjs')], skip: false },
  { name: 'Python', command: ['python3', pathOf('mint_token.py')], skip: noPython },
];

for (const { name, command: [program, script], skip } of languages) {
  test(`exampleIn${name}MintsASignedRoomToken`, { skip }, () => {
    const token = execFileSync(program, [script, '--room', 'team-*', '--user', 'ada', '--role', 'moderator', '--ttl', '60'], {
      env: { ...process.env, STARLING_AUTH_SECRET: SECRET }, encoding: 'utf8',
    }).trim();
    const [header, claims, signature] = token.split('.');
    const decode = (part) => JSON.parse(Buffer.from(part, 'base64url').toString());
    const { exp, ...rest } = decode(claims);
    assert.deepEqual(decode(header), { alg: 'HS256', typ: 'JWT' });
    assert.deepEqual(rest, { sub: 'ada', room: 'team-*', role: 'moderator' });
    assert.ok(Number.isInteger(exp));
    assert.equal(signature, createHmac('sha256', SECRET).update(`${header}.${claims}`).digest('base64url'));
  });

  test(`exampleIn${name}RefusesToSignWithoutASecret`, { skip }, () => {
    const { status } = spawnSync(program, [script, '--room', 'r', '--user', 'u'], { env: { PATH: process.env.PATH } });
    assert.equal(status, 2);
  });
}
