// What people do in a week, in the words of the pages: the tests say who does what, this file says with which button.

import assert from 'node:assert/strict';

/** Does `act` and waits until the page that follows has come. */
export async function thenLoads(page, act) {
  const loaded = page.waitForEvent('load');
  await act();
  await loaded;
}

/** Sends a form by its button. */
export async function press(page, button) {
  await thenLoads(page, () => button.click());
}

/** Looks again until `look` is true; says `what` when it never becomes so. */
export async function until(what, look, limit = 8_000) {
  const end = Date.now() + limit;
  while (!(await look().catch(() => false))) {
    assert.ok(Date.now() < end, what);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export function place(page, path) {
  return new URL(page.url()).pathname.split('/').slice(0, 3).join('/') + path;
}

export async function go(page, path) {
  await page.goto(new URL(place(page, path), page.url()).href);
}

/** Back to writing, when the report was filed already. */
export async function takeBack(page) {
  const withdraw = page.locator('form[action$="/desk/withdraw"] button');
  if (await withdraw.count()) await press(page, withdraw);
}

export async function capture(page, words) {
  await page.locator('#capture').fill(words);
  await press(page, page.locator('form.capture button'));
}

export function workItem(page, words) {
  return page.locator('section[aria-labelledby="h-work"] .entry', { hasText: words });
}

/** Forms of last week's plan that nobody has answered yet. */
export function unanswered(page) {
  return page.locator('form[data-answer]:not(:has([aria-pressed="true"]))');
}

export async function answerTheRestAsDone(page) {
  while (await unanswered(page).count()) {
    await press(page, unanswered(page).first().locator('.choice[value="done"]'));
  }
}

export async function file(page) {
  await press(page, page.locator('form.bar[action$="/desk/file"] button'));
}

export async function stateOf(page) {
  return (await page.locator('h1 .state').innerText()).trim();
}

export async function ownName(page) {
  await go(page, '/account');
  return (await page.locator('h1').innerText()).trim();
}

/** Opens the meeting, or goes to the one that is open. */
export async function openMeeting(page) {
  await go(page, '/meeting');
  const open = page.locator('form[action$="/meeting/open"] button');
  if (await open.count()) await press(page, open);
  // Before the deadline the page asks once more.
  const early = page.locator('form[action$="/meeting/open"]', { has: page.locator('input[name="early"]') });
  if (await early.count()) await press(page, early.locator('button'));
  await go(page, '/meeting/control');
}

/** Puts the report of `name` on the big screen. */
export async function show(page, name) {
  const list = page.locator('details', { has: page.locator('form[action$="/meeting/show"] input[name="report"]') });
  await list.locator('summary').click();
  await press(page, list.getByRole('button', { name, exact: true }));
}

export function shownName(page) {
  return page.locator('.now h1, .who h2').first().innerText();
}

/** Sends the item with `words` back, with a word of why. */
export async function sendBack(page, words, reason) {
  const entry = page.locator('.entry', { hasText: words });
  await entry.locator('details summary').click();
  await entry.locator('input[name="reason"]').fill(reason);
  await press(page, entry.locator('button[value="return"]:visible'));
}

export async function closeMeeting(page) {
  await go(page, '/meeting/close');
  await press(page, page.locator('form[action$="/meeting/close"] button'));
}

/** The number of the newest issue that everybody can read; 0 before the first. */
export async function newestIssue(page, url) {
  await page.goto(url);
  const found = /\d+/.exec(await page.locator('h1').innerText());
  return found ? Number(found[0]) : 0;
}

/** Finds the official by name and asks; the address of the asker's own page. */
export async function ask(page, url, name, words) {
  await page.goto(url);
  await go(page, `/ask?q=${encodeURIComponent(name)}`);
  await press(page, page.locator('article.card', { hasText: name }).first().locator('.actions a'));
  await page.locator('#words').fill(words);
  await press(page, page.locator('form[action$="/question/new"] button.main'));
  return new URL(page.url().replace(/\?.*/, ''));
}

/** The pick-up code as it stands on the asker's page. */
export async function codeOf(page) {
  return (await page.locator('.pick-up .code').innerText()).trim();
}
