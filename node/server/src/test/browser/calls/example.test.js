import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { SERVER, freshRoom, launch, skip } from './browser.js';

const EXAMPLE = new URL('../../../../../../examples/call.html', import.meta.url);

describe('the example page', { skip }, () => {
  let browser;
  let host;

  before(async () => {
    browser = await launch();
    host = createServer(async (request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(await readFile(EXAMPLE));
    });
    await new Promise((resolve) => { host.listen(0, '127.0.0.1', resolve); });
  });
  after(async () => {
    await browser?.close();
    host?.close();
  });

  test('holdsACallFromAnotherOrigin', async () => {
    const link = new URL(`http://localhost:${host.address().port}/call.html`);
    link.search = new URLSearchParams({ server: SERVER, room: freshRoom() });
    const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
    const pages = [await context.newPage(), await context.newPage()];
    for (const page of pages) {
      await page.goto(link.href);
    }
    await Promise.all(pages.map((page) => page.waitForFunction(() => {
      const videos = [...document.querySelectorAll('video')];
      return videos.length === 2 && videos.every((video) => video.getVideoPlaybackQuality().totalVideoFrames > 5);
    }, undefined, { polling: 200 })));
  });
});
