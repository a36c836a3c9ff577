// The list of the day: what was done with a tap stands in the report, without the network too; nothing is lost or done twice.

import assert from 'node:assert/strict';

import { expectNoSidewaysScroll, inBrowser, screenshot } from './browser.mjs';
import * as story from './story.mjs';
import { startTown } from './town.mjs';

const PHONE = { width: 360, height: 760 };
const PLAIN = { ...PHONE, script: false };
// The browser reports each request that found no network.
const CUT_OFF = { ...PHONE, expected: [/ERR_INTERNET_DISCONNECTED/, /ERR_FAILED/, /today/] };
const town = await startTown();

async function look(page, name) {
  await expectNoSidewaysScroll(page);
  await screenshot(page, `today ${name}`);
}

function line(page, words) {
  return page.locator('.entry.line', { hasText: words });
}

/** Back to writing, where the demonstration has filed already. */
async function writes(page, role) {
  await town.signIn(page, role);
  await story.go(page, '/desk');
  await story.takeBack(page);
  await story.go(page, '/today');
}

/** How many work items at the desk hold these words. */
async function atTheDesk(page, words) {
  await story.go(page, '/desk');
  return page.locator('#h-work ~ ol .words', { hasText: words }).count();
}

inBrowser('a line is noted, understood, done with a tap and stands in the report, without a script', PLAIN, async (page) => {
  await writes(page, 'official');
  await page.locator('#words').fill('今天到东头村核查低保户');
  await story.press(page, page.locator('form.capture button'));
  assert.match(await page.locator('[role="status"]').first().innerText(), /已加入清单/);
  const added = line(page, '核查低保户');
  assert.match(await added.innerText(), /在东头村/, 'the place is understood');
  assert.equal(await page.locator('#h-today ~ ul', { hasText: '核查低保户' }).count(), 1, 'and the day');
  await look(page, 'list 360');

  await added.locator('input[name="words"]').fill('核查12户');
  await story.press(page, added.locator('form[action$="/today/done"] button'));
  assert.match(await page.locator('#h-done ~ ul').innerText(), /到东头村核查低保户，核查12户/);
  await look(page, 'done 360');
  assert.equal(await atTheDesk(page, '到东头村核查低保户，核查12户'), 1);
});

inBrowser('acts without the network are kept and done once when it is back', CUT_OFF, async (page) => {
  await writes(page, 'leader');
  // The worker that keeps the page has taken it over.
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await page.waitForFunction(() => Boolean(navigator.serviceWorker.controller));
  await page.reload();

  await page.context().setOffline(true);
  for (const words of ['今天看望老党员3户', '今天协调渠道用地2处', '明天约谈施工队']) {
    await page.locator('#words').fill(words);
    await page.locator('form.capture button').click();
  }
  await page.waitForFunction(() => document.querySelectorAll('#unsent li').length === 3);
  await look(page, 'offline 360');
  await page.reload();
  assert.match(await page.locator('#unsent').innerText(), /看望老党员/, 'the page opens without the network, with what waits');

  await page.context().setOffline(false);
  await page.waitForFunction(() => document.getElementById('unsent').hidden && document.querySelectorAll('.entry.task').length === 3);
  assert.equal(await line(page, '看望老党员').count(), 1);

  // An answer that is lost on its way: the act arrived, and the browser does not know.
  let lost = 0;
  await page.route('**/today/done', async (route) => {
    if (lost === 0) {
      lost += 1;
      await route.fetch();
      await route.abort();
    } else {
      await route.continue();
    }
  });
  await line(page, '看望老党员').locator('input[name="words"]').fill('送去棉衣3件');
  await line(page, '看望老党员').locator('form[action$="/today/done"] button').click();
  await page.waitForFunction(() => !document.getElementById('unsent').hidden);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.waitForFunction(() => document.querySelectorAll('.entry.done').length === 1);
  assert.equal(lost, 1);
  await page.unroute('**/today/done');
  assert.equal(await atTheDesk(page, '看望老党员3户，送去棉衣3件'), 1, 'done once, though it was sent twice');
});

inBrowser('what was not done on its day is moved or stuck, and who is in today is said softly', PLAIN, async (page, _, another) => {
  await writes(page, 'official');
  await page.locator('#words').fill('今天维修路灯9盏');
  await story.press(page, page.locator('form.capture button'));
  const added = line(page, '维修路灯');
  await added.locator('summary').click();
  await added.locator('input[name="stuck"]').fill('灯头缺货');
  await story.press(page, added.locator('form[action$="/today/stuck"] button'));
  assert.match(await page.locator('#h-stuck ~ ul').innerText(), /灯头缺货/);
  await look(page, 'stuck 360');
  await story.go(page, '/desk');
  assert.match(await page.locator('#h-next ~ ol').innerText(), /维修路灯9盏[\s\S]*灯头缺货/);

  const name = await story.ownName(page);
  await story.go(page, '/today');
  await page.locator('label.choice', { has: page.locator('input[value="out"]') }).click();
  await page.locator('#back-at').fill('14:30');
  await story.press(page, page.locator('form[action$="/today/where"] button'));
  const resident = await another();
  await resident.goto(town.url);
  await story.go(resident, '/now');
  const said = resident.locator('.now-list li', { hasText: name });
  assert.match(await said.innerText(), /外出[\s\S]*14:30回来/);
  await look(resident, 'who is in 360');
  assert.deepEqual(await resident.context().cookies(), []);
});
