// Keeps the parts of a page that carry data-live up to date, filters the account table as one types, and toggles the theme.
// Pages are whole without it: every part is rendered by the server, and this only swaps in what the server renders next.
'use strict';

const connection = document.getElementById('connection');
const connectionText = document.getElementById('connection-text');
const announce = document.getElementById('announce');
const refreshMs = Number(document.body.dataset.refreshMs) || 0;
const failuresBeforeSaying = 2;
const backoffMsMax = 10000;

let failures = 0;
let timer = 0;
let generation = 0;
let campaignCount = readCampaignCount(document);

function readCampaignCount(root) {
  const holder = root.querySelector('[data-campaigns]');
  return holder ? Number(holder.dataset.campaigns) : null;
}

function say(state, text) {
  if (connection.dataset.state !== state) {
    connection.dataset.state = state;
  }
  if (connectionText.textContent !== text) {
    connectionText.textContent = text;
  }
}

// Where the focus is inside a part that is swapped, it goes to the same control of the new part.
function focusKey(root) {
  const active = document.activeElement;
  if (!active || !root.contains(active)) {
    return null;
  }
  const all = [...root.querySelectorAll('a[href], summary, button, input, select')];
  return { href: active.getAttribute('href'), index: all.indexOf(active) };
}

function restoreFocus(root, key) {
  if (!key) {
    return;
  }
  const all = [...root.querySelectorAll('a[href], summary, button, input, select')];
  const same = key.href && all.find((candidate) => candidate.getAttribute('href') === key.href);
  const target = same || all[key.index];
  if (target) {
    target.focus({ preventScroll: true });
  }
}

function openDetails(root) {
  return [...root.querySelectorAll('details')].map((part) => part.open);
}

function swap(next) {
  const count = readCampaignCount(next);
  const parts = [...document.querySelectorAll('[data-live]')];
  if (next.querySelectorAll('[data-live]').length !== parts.length) {
    // A part that was not there before, such as the first campaign of an empty page, needs the whole page once.
    document.getElementById('main').replaceWith(next.getElementById('main'));
  } else {
    parts.forEach((part) => swapPart(part, next.getElementById(part.id)));
  }
  if (count !== null && campaignCount !== null && count > campaignCount) {
    announce.textContent = count - campaignCount === 1 ? 'A new campaign was named.' : `${count - campaignCount} new campaigns were named.`;
  }
  campaignCount = count ?? campaignCount;
}

function swapPart(part, fresh) {
  if (!fresh) {
    return;
  }
  const open = openDetails(part);
  [...fresh.querySelectorAll('details')].forEach((details, index) => { details.open = open[index] === true; });
  if (fresh.isEqualNode(part)) {
    return;
  }
  const key = focusKey(part);
  part.replaceWith(fresh);
  restoreFocus(fresh, key);
}

async function refresh() {
  const mine = ++generation;
  clearTimeout(timer);
  let waitMs = refreshMs;
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html', 'Stillgate-Refresh': '1' }, cache: 'no-store' });
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    if (answer.redirected && new URL(answer.url).pathname === '/sign-in') {
      // The session is over: what is shown may be old, and only a person can sign in again.
      location.assign(answer.url);
      return;
    }
    const text = await answer.text();
    if (mine !== generation) {
      return;
    }
    swap(new DOMParser().parseFromString(text, 'text/html'));
    failures = 0;
    say('live', 'Live');
  } catch {
    if (mine !== generation) {
      return;
    }
    failures++;
    waitMs = Math.min(backoffMsMax, refreshMs * 2 ** failures);
    if (failures >= failuresBeforeSaying) {
      say('lost', 'No answer; last state shown');
    }
  }
  if (refreshMs > 0 && !document.hidden) {
    timer = setTimeout(refresh, waitMs);
  }
}

if (refreshMs > 0) {
  say('live', 'Live');
  timer = setTimeout(refresh, refreshMs);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      clearTimeout(timer);
    } else {
      refresh();
    }
  });
}

const filter = document.getElementById('filter');
if (filter) {
  let typing = 0;
  const apply = () => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(filter)) {
      if (value !== '') {
        query.set(name, value);
      }
    }
    const text = query.toString();
    history.replaceState(null, '', text ? `?${text}` : location.pathname);
    refresh();
  };
  filter.addEventListener('submit', (event) => { event.preventDefault(); apply(); });
  filter.addEventListener('input', () => { clearTimeout(typing); typing = setTimeout(apply, 150); });
}

const themeButton = document.getElementById('theme');
const systemDark = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (document.documentElement.dataset.theme || (systemDark.matches ? 'dark' : 'light')) === 'dark';
function nameThemeButton() {
  themeButton.textContent = isDark() ? 'Light' : 'Dark';
  themeButton.setAttribute('aria-label', isDark() ? 'Switch to the light theme' : 'Switch to the dark theme');
}
themeButton.hidden = false;
nameThemeButton();
systemDark.addEventListener('change', nameThemeButton);
themeButton.addEventListener('click', () => {
  const theme = isDark() ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  document.cookie = `stillgate-theme=${theme}; path=/; max-age=31536000; samesite=strict`;
  nameThemeButton();
});
