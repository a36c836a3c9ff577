// The log as readers and the clerk meet it: an item's proof, and words that are taken away.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { expectNoAxeViolations, expectNoSidewaysScroll, inBrowser, screenshot } from './browser.mjs';
import * as story from './story.mjs';
import { startTown } from './town.mjs';

const town = await startTown();

/** An item of the newest issue, by the link of its number. */
async function openItem(page, nth) {
  await page.goto(town.url);
  await page.locator('.work .items .no').nth(nth).click();
  await page.waitForURL(/\/item\//);
}

for (const width of [360, 1280]) {
  inBrowser(`an item says where it stands in the log at ${width} pixels`, { width }, async (page) => {
    await openItem(page, 3);
    await expectNoSidewaysScroll(page);
    await expectNoAxeViolations(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('a[download]').first().click(),
    ]);
    const proof = readFileSync(await download.path(), 'utf8');
    assert.ok(proof.startsWith('c2sp.org/tlog-proof@v1\n'), proof.slice(0, 60));
    await screenshot(page, `item log ${width}`);
    await story.go(page, '/log');
    await expectNoSidewaysScroll(page);
    await expectNoAxeViolations(page);
    assert.match(await page.locator('main').innerText(), /已存证/);
  });
}

inBrowser('the clerk takes an item away and only the fact of it stays', { width: 360, expected: [/status of 422/] }, async (page, _, another) => {
  const reader = await another();
  await openItem(reader, 7);
  const words = (await reader.locator('h1').innerText()).trim();
  const id = new URL(reader.url()).pathname.split('/').pop();
  const [, issue] = /issue\/(\d+)/.exec(await reader.locator('.crumbs a').first().getAttribute('href'));
  const person = (await reader.locator('.facts a[href*="/person/"]').first().getAttribute('href')).split('/').pop();
  await town.signIn(page, 'clerk');
  await story.go(page, `/office/corrections?issue=${issue}&person=${person}`);
  const form = page.locator('form[action$="/office/redactions"]', { has: page.locator(`input[value="${id}"]`) });
  await page.locator('details', { has: form }).locator('summary').click();
  await form.locator('select').selectOption('personal_data');
  await screenshot(page, 'redaction 360');
  await expectNoAxeViolations(page);
  await form.evaluate((it) => it.setAttribute('novalidate', ''));
  await story.press(page, form.locator('button'));
  assert.match(await page.locator('[role="alert"]').innerText(), /没有撤除/);
  await page.locator('details', { has: form }).locator('summary').click();
  await form.locator('select').selectOption('personal_data');
  await form.locator('input[name="sure"]').check();
  await story.press(page, form.locator('button'));
  assert.ok(!(await page.locator('main').innerText()).includes(words), 'the clerk sees the words no more');
  await reader.reload();
  const text = await reader.locator('main').innerText();
  assert.ok(!text.includes(words), 'a reader sees the words no more');
  assert.match(text, /内容已撤除/);
  assert.match(text, /涉及个人信息/);
  await expectNoAxeViolations(reader);
  await screenshot(reader, 'redacted 360');
  await reader.goto(town.url);
  assert.ok(!(await reader.locator('main').innerText()).includes(words), 'nor on the board');
  await story.until('the redaction stands in the log', async () => {
    await reader.goto(new URL(`/chengwan/zh/item/${id}`, town.url).href);
    return (await reader.locator('main').innerText()).includes('撤除 · ');
  });
});
