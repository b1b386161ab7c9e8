// Runs the tests of the SDK in Node.js, and calls between real browsers against a node, against two that share rooms, and
// against a TURN server where one is installed, all of which it starts on loopback and ends again. What this machine cannot
// run is named as skipped.
//
// usage: node browser-tests.mjs ROOT   (needs the jars built)

import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

const READY_MS = 60_000;
const root = process.argv[2];
const tests = join(root, 'node/server/src/test/browser');
const reports = join(root, 'node/server/target/surefire-reports');
const running = [];

const skipped = (what, why) => console.log(`skipped: ${what}: ${why}`);

const testsIn = (folder) => (existsSync(join(tests, folder)) ? readdirSync(join(tests, folder)) : [])
  .filter((file) => file.endsWith('.test.js'))
  .map((file) => join(tests, folder, file));

const onPath = (command) => (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, command)));

const chromium = () => process.env.CHROMIUM
  ?? ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join('/usr/bin', name)).find(existsSync);

/** A port that nobody had a moment ago. */
const freePort = () => new Promise((found) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => found(port));
  });
});

/** Starts a program that lives until the tests end. */
function start(command, args, options) {
  const program = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
  running.push(program);
  return program;
}

async function startTurn(secret, home) {
  const port = await freePort();
  start('turnserver', [
    '-n', '--no-cli', '--no-tls', '--no-dtls', '--use-auth-secret', `--static-auth-secret=${secret}`, '--realm=starling.test',
    '--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1', '--allow-loopback-peers', `--listening-port=${port}`,
    '--log-file=stdout', '--simple-log', `--pidfile=${join(home, 'turn.pid')}`, `--userdb=${join(home, 'turn.db')}`,
  ], { stdio: 'ignore' });
  return ['--set', `ice.turnUrls=turn:127.0.0.1:${port}?transport=udp`, '--set', `ice.turnSecret=${secret}`];
}

/** Starts a node and gives its URL when it is ready. */
async function startNode(settings, home) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = ['node', '--set', `client.port=${port}`, '--set', 'auth.anonymous=true', '--set', 'demo.enabled=true', ...settings];
  const node = start(join(root, 'starling'), args, { env: { ...process.env, STARLING_HOME: home, STARLING_TESTING: 'yes' } });
  for (const end = Date.now() + READY_MS; Date.now() < end && node.exitCode === null; await delay(100)) {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) {
      return url;
    }
  }
  throw new Error('the node for the browser tests did not become ready');
}

/** Starts a node in each of two regions and gives their URLs. */
async function startRegions(home) {
  const args = ['dev', '--json', '--regions', '2', '--nodes', '1', '--base-port', String(await freePort())];
  const cluster = start(join(root, 'starling'), args, {
    env: { ...process.env, STARLING_HOME: join(home, 'regions'), STARLING_TESTING: 'yes' }, stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(cluster.stdout)) {
    return JSON.parse(line).nodes.map(({ client }) => client);
  }
  throw new Error('the regions for the browser tests did not start');
}

/** What calls need beside the browser: where the nodes are, and whether one has a TURN server. */
async function callSurroundings(home) {
  const turn = onPath('turnserver');
  if (!turn) {
    skipped('calls through a TURN relay', 'no turnserver (coturn) on the PATH');
  }
  const settings = turn ? await startTurn(randomBytes(24).toString('base64url'), home) : [];
  const [url, regions] = await Promise.all([startNode(settings, home), startRegions(home)]);
  return { STARLING_URL: url, STARLING_REGIONS: regions.join(), CHROMIUM: chromium(), ...(turn && { STARLING_TURN: '1' }) };
}

function whyNoCalls() {
  if (!existsSync(join(tests, 'node_modules/playwright-core'))) {
    return "'npm ci --ignore-scripts' was not run in node/server/src/test/browser";
  }
  return chromium() ? undefined : 'no Chromium in /usr/bin, and CHROMIUM names none';
}

function runTests(files, env) {
  if (files.length === 0) {
    return 0;
  }
  mkdirSync(reports, { recursive: true });
  const { status } = spawnSync(process.execPath, [
    '--test', '--test-concurrency=1', '--test-reporter=spec', '--test-reporter-destination=stdout',
    '--test-reporter=junit', `--test-reporter-destination=${join(reports, 'TEST-browser.xml')}`, ...files,
  ], { stdio: 'inherit', env: { ...process.env, ...env } });
  return status ?? 1;
}

async function main() {
  const home = mkdtempSync(join(tmpdir(), 'starling-browser-tests-'));
  try {
    const why = whyNoCalls();
    if (why) {
      skipped('calls in browsers', why);
      return runTests(testsIn('sdk'), {});
    }
    return runTests([...testsIn('sdk'), ...testsIn('calls')], await callSurroundings(home));
  } finally {
    running.forEach((program) => program.kill());
    rmSync(home, { recursive: true, force: true });
  }
}

process.exitCode = await main();
