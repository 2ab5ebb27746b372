// Checks a running console in headless Chromium: accessibility, keyboard, theme, filter, live updates, no outside request.
// usage: node check.mjs ADDRESS ACCOUNT-PATH CAMPAIGN-PATH [PICTURES-FOLDER]
// STILLGATE_SIGN_IN="ADDRESS KEY" names a console that asks for an admin key, and a key of it: then the sign-in is checked too.
// Prints a line a check and exits 1 if one failed. With a folder it also saves a picture of every page.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const [address, accountPath, campaignPath, pictures] = process.argv.slice(2);
const [guarded, adminKey] = (process.env.STILLGATE_SIGN_IN ?? '').split(' ');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pages = { overview: '/', campaigns: '/campaigns', accounts: '/accounts', account: accountPath, campaign: campaignPath, missing: '/nowhere' };
const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const waitMs = 15000;

let failed = 0;
function check(name, problems) {
  console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${name}`);
  for (const problem of problems) {
    console.log(`       ${problem}`);
  }
  failed += problems.length === 0 ? 0 : 1;
}

const browser = await chromium.launch({
  executablePath: process.env.STILLGATE_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const outside = [];
const complaints = [];

async function open(options, path, base = address) {
  const context = await browser.newContext({ baseURL: base, ...options });
  context.on('request', (request) => {
    if (new URL(request.url()).host !== new URL(base).host) {
      outside.push(request.url());
    }
  });
  context.on('console', (message) => {
    // The missing page's own 404, and the form's 401, are reported by the browser as errors of the page that asked for them.
    if (message.type() === 'error' && !/\/(nowhere|sign-in)$/.test(message.location().url)) {
      complaints.push(`${message.text()} (${message.location().url})`);
    }
  });
  context.on('weberror', (failure) => complaints.push(String(failure.error())));
  const page = await context.newPage();
  page.setDefaultTimeout(waitMs);
  await page.goto(path);
  return page;
}

async function violations(page) {
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return result.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary?.split('\n')[1]?.trim() ?? rule.help}`));
}

async function overflow(page) {
  const [wide, inner] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  return wide > inner ? [`content is ${wide} px wide in a window of ${inner} px`] : [];
}

const views = {
  light: { viewport: desktop, colorScheme: 'light' },
  dark: { viewport: desktop, colorScheme: 'dark' },
  phone: { viewport: phone, colorScheme: 'light', isMobile: true, hasTouch: true },
};

async function everyPage() {
  for (const [view, options] of Object.entries(views)) {
    for (const [name, path] of Object.entries(pages)) {
      const page = await open(options, path);
      check(`${name} ${view}: accessible`, await violations(page));
      check(`${name} ${view}: no sideways scroll`, await overflow(page));
      if (pictures) {
        await page.screenshot({ path: `${pictures}/${name}-${view}.png` });
      }
      await page.context().close();
    }
  }
}

async function keyboard() {
  const page = await open({ viewport: desktop }, '/accounts');
  const wanted = await page.evaluate(() => [...document.querySelectorAll('a[href], button, input, select, summary')].filter((node) => node.checkVisibility()).length);
  let reached = 0;
  const problems = [];
  for (let step = 0; step < wanted + 5; step++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const node = document.activeElement;
      if (!node || node === document.body) {
        return null;
      }
      const style = getComputedStyle(node);
      window.reached ??= new Map();
      const again = window.reached.has(node);
      window.reached.set(node, true);
      return { again, text: node.textContent.trim() || node.id, ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 };
    });
    if (focus === null || focus.again) {
      break;
    }
    reached++;
    if (step === 0 && !focus.text.startsWith('Skip')) {
      problems.push(`the first stop is "${focus.text}", not the skip link`);
    }
    if (!focus.ring) {
      problems.push(`no focus ring on "${focus.text}"`);
    }
  }
  if (reached < wanted) {
    problems.push(`${reached} of ${wanted} controls reached with Tab`);
  }
  check('accounts: every control is reached by keyboard and shows its focus', problems);
  await page.context().close();
}

async function theme() {
  const page = await open({ viewport: desktop, colorScheme: 'light' }, '/');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.focus('#theme');
  await page.keyboard.press('Enter');
  // On a busy machine the page may hear the key a moment later; a toggle that never comes is still a failure.
  await page.waitForFunction((old) => getComputedStyle(document.body).backgroundColor !== old, light, { timeout: 5000 }).catch(() => {});
  const dark = await background();
  await page.reload();
  const kept = await background();
  check('theme: the toggle changes it and it lasts', light !== dark && dark === kept ? [] : [`${light}, ${dark}, after reload ${kept}`]);
  await page.context().close();
}

async function filter() {
  const page = await open({ viewport: desktop }, '/accounts');
  const before = await page.locator('#accounts-count').textContent();
  await page.fill('#q', 'pool2');
  await page.waitForFunction((old) => document.getElementById('accounts-count').textContent !== old, before);
  const rows = await page.locator('#accounts tbody th').allTextContents();
  const typed = rows.length > 0 && rows.every((row) => row.includes('pool2')) ? [] : [`rows: ${rows.join(', ')}`];
  check('accounts: the filter narrows the table while one types', typed);
  await page.selectOption('#verdict', 'clear');
  await page.waitForSelector('#accounts .empty');
  check('accounts: both filters hold, and the address keeps them', new URL(page.url()).search === '?q=pool2&verdict=clear' ? [] : [page.url()]);
  const plain = await open({ viewport: desktop, javaScriptEnabled: false }, '/accounts');
  await plain.fill('#q', 'pool2');
  await plain.click('#filter button');
  check('accounts: the filter works without script', (await plain.locator('#accounts-count').textContent()).startsWith('7 of') ? [] : ['not filtered']);
  await plain.context().close();
  await page.context().close();
}

async function live() {
  const page = await open({ viewport: desktop }, '/');
  const before = await page.locator('#traffic').textContent();
  await page.waitForFunction((old) => document.getElementById('traffic').textContent !== old, before);
  check('overview: figures move by themselves', []);
  await page.focus('#campaigns tbody tr:nth-child(2) a');
  const seen = await page.locator('#traffic').textContent();
  await page.waitForFunction((old) => document.getElementById('traffic').textContent !== old, seen);
  const focus = await page.evaluate(() => document.activeElement.getAttribute('href'));
  check('overview: an update keeps the focus', focus?.startsWith('/campaigns/') ? [] : [`focus on ${focus}`]);
  const expected = complaints.length;
  await page.route('**/*', (route) => route.abort());
  await page.waitForSelector('#connection[data-state="lost"]');
  await page.unroute('**/*');
  await page.waitForSelector('#connection[data-state="live"]');
  complaints.length = expected;
  check('overview: a lost server is said, and found again', []);
  await page.context().close();
}

async function signIn() {
  for (const [view, options] of Object.entries(views)) {
    const page = await open(options, '/accounts?q=pool2', guarded);
    check(`sign-in ${view}: accessible`, await violations(page));
    check(`sign-in ${view}: no sideways scroll`, await overflow(page));
    await page.fill('#key', 'sga-wrong');
    await page.press('#key', 'Enter');
    await page.waitForSelector('[role="alert"]');
    check(`sign-in ${view}: a wrong key is said, accessibly`, await violations(page));
    if (pictures) {
      await page.screenshot({ path: `${pictures}/sign-in-${view}.png` });
    }
    await page.fill('#key', adminKey);
    await page.press('#key', 'Enter');
    await page.waitForSelector('#accounts tbody tr');
    const where = new URL(page.url());
    check(`sign-in ${view}: leads to the page that was asked for`, where.pathname + where.search === '/accounts?q=pool2' ? [] : [page.url()]);
    check(`signed in ${view}: accessible`, await violations(page));
    check(`signed in ${view}: no sideways scroll`, await overflow(page));
    const cookies = await page.context().cookies();
    check(`sign-in ${view}: no script reads the session`, cookies.filter((cookie) => cookie.name !== 'stillgate-theme').every((cookie) => cookie.httpOnly && cookie.sameSite === 'Strict') ? [] : [JSON.stringify(cookies.map((cookie) => cookie.name))]);
    await page.context().clearCookies();
    await page.waitForURL('**/sign-in?**');
    check(`sign-in ${view}: a page whose session is over goes to the form by itself`, []);
    await page.fill('#key', adminKey);
    await page.press('#key', 'Enter');
    await page.waitForSelector('#accounts tbody tr');
    await page.click('form[action="/sign-out"] button');
    await page.waitForURL('**/sign-in');
    await page.goto('/');
    check(`sign-out ${view}: the console is closed again`, new URL(page.url()).pathname === '/sign-in' ? [] : [page.url()]);
    await page.context().close();
  }
}

try {
  await everyPage();
  if (guarded) {
    await signIn();
  }
  await keyboard();
  await theme();
  await filter();
  await live();
} catch (failure) {
  check('the script itself', [failure.message]);
} finally {
  await browser.close();
}
check('no request leaves the console', outside);
check('no error in the browser', complaints);
process.exit(failed === 0 ? 0 : 1);
