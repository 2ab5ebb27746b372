// Takes the README's pictures of a running demo. usage: node pictures.mjs DEMO-OUTPUT-FILE PICTURES-FOLDER
// Waits until the demo has printed its console's address and the console shows enough to look at.
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const [output, folder] = process.argv.slice(2);
const startMsMax = 120000;
const campaignsWanted = 5;
const settleMsMax = 240000;

async function consoleAddress() {
  for (let waited = 0; waited < startMsMax; waited += 500) {
    const match = /Console:?\s+(http:\/\/\S+)/.exec(await readFile(output, 'utf8'));
    if (match) {
      return match[1];
    }
    await wait(500);
  }
  throw new Error(`the demo printed no console address: ${await readFile(output, 'utf8')}`);
}

const address = await consoleAddress();
const browser = await chromium.launch({
  executablePath: process.env.STILLGATE_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  const pages = {};
  for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({ baseURL: address, viewport: { width: 1440, height: 900 }, colorScheme });
    pages[colorScheme] = await context.newPage();
    await pages[colorScheme].goto('/');
  }
  await pages.light.waitForFunction((wanted) => Number(document.querySelector('[data-campaigns]')?.dataset.campaigns) >= wanted, campaignsWanted, { timeout: settleMsMax })
    .catch(() => console.error(`fewer than ${campaignsWanted} campaigns; taking the pictures as things stand`));
  for (const [scheme, page] of Object.entries(pages)) {
    await page.waitForSelector('[data-campaigns]');
    await page.screenshot({ path: `${folder}/console-${scheme}.png` });
    console.log(`${folder}/console-${scheme}.png`);
  }
} finally {
  await browser.close();
}
