// Three departments plan for one factory and go there once; one who needs hands finds them among colleagues.

import assert from 'node:assert/strict';

import { expectNoSidewaysScroll, inBrowser, screenshot } from './browser.mjs';
import * as story from './story.mjs';
import { startTown } from './town.mjs';
import { expectValidHtml } from './valid.mjs';

const PHONE = { width: 360, height: 760, script: false };
const FACTORY = '宏舫塑编厂';

const town = await startTown();

async function look(page, name) {
  await expectNoSidewaysScroll(page);
  await screenshot(page, `together ${name}`);
}

function words(page) {
  return page.locator('main').innerText();
}

/** The card of a proposal or a request that says this. */
function card(page, said) {
  return page.locator('article.card', { hasText: said }).first();
}

inBrowser('three plans for one factory become one visit, with the reasons shown and one notice', PHONE, async (clerk, _, another) => {
  await town.signIn(clerk, 'clerk');
  await story.go(clerk, '/plans');
  const found = card(clerk, FACTORY);
  const why = await found.innerText();
  for (const said of ['应急管理站', '生态环境站', '供电所', '写到“宏舫塑编”', '周三上午']) {
    assert.ok(why.includes(said), `${said} in ${why}`);
  }
  await look(clerk, 'proposals 360');
  await found.locator('details', { hasText: '合并为一次走访' }).locator('summary').click();
  await found.locator('textarea[name="purpose"]').fill('安全、环保、用电一次查完');
  await found.locator('input[name="announced"][value="yes"]').check();
  await story.press(clerk, found.locator('form[action$="/plans/visit/accept"] button'));
  assert.match(clerk.url(), /\/visit\/[0-9a-f-]{36}$/);
  assert.equal(await clerk.locator('main li', { hasText: '站' }).count(), 2);
  await look(clerk, 'visit 360');
  await clerk.locator('a[href$="/notice"]').click();
  const notice = await words(clerk);
  assert.ok(notice.includes('共3个单位') && notice.includes('安全、环保、用电一次查完'), notice);
  await look(clerk, 'notice 360');
  await story.go(clerk, '/plans');
  assert.equal(await card(clerk, '写到“宏舫塑编”').count(), 0, 'what is agreed on is not proposed again');

  const reader = await another();
  await reader.goto(town.url);
  await reader.locator('.menu a[href$="/visits"]').click();
  await look(reader, 'visits 360');
  const answer = await reader.goto(new URL(await reader.locator('main a', { hasText: FACTORY }).getAttribute('href'), town.url).href);
  await expectValidHtml(await answer.text(), reader.url());
  assert.match(await words(reader), /联合走访 · 已定[\s\S]*安全、环保、用电一次查完/);
  await look(reader, 'factory 360');
});

inBrowser('a proposal that was refused stays away, and the page says who refused it and why', PHONE, async (clerk) => {
  await town.signIn(clerk, 'clerk');
  await story.go(clerk, '/plans');
  const found = clerk.locator('#visits article.card').first();
  const id = await found.getAttribute('id');
  await found.locator('summary', { hasText: '不合并' }).click();
  await found.locator('input[name="reason"]').fill('一个看收入，一个看低保，分开更快');
  await story.press(clerk, found.locator('form[action$="/plans/visit/refuse"] button'));
  assert.equal(await clerk.locator(`[id="${id}"]`).count(), 0);
  await clerk.locator('summary', { hasText: '已决定不合并' }).click();
  assert.match(await clerk.locator('#visits').innerText(), /分开更快/);
});

inBrowser('help that was asked for and accepted stands in both plans without being typed again', PHONE, async (official, _, another) => {
  const plan = '周四核对湾口村台账，补齐签字';
  await town.signIn(official, 'official');
  await story.go(official, '/desk');
  await story.takeBack(official);
  await official.locator('#plan-words').fill(plan);
  await story.press(official, official.locator('form.plan-line button'));
  const entry = official.locator('section[aria-labelledby="h-next"] .entry', { hasText: plan });
  await entry.locator('details.edit > summary').click();
  await entry.locator('select[name="kind"]').selectOption('people');
  await entry.locator('form[action$="/plans/help/ask"] input[name="words"]').fill('会用表格的1人');
  await story.press(official, entry.locator('form[action$="/plans/help/ask"] button'));
  assert.match(await official.locator('[role="status"]').innerText(), /已发出/);

  const leader = await another();
  await town.signIn(leader, 'leader');
  await story.go(leader, '/desk');
  await story.takeBack(leader);
  await story.go(leader, '/plans');
  const request = card(leader, plan);
  await request.locator('summary').click();
  const offered = await request.locator('textarea[name="words"]').inputValue();
  assert.ok(offered.endsWith(plan), 'the words are there already');
  await story.press(leader, request.locator('form[action$="/plans/help/offer"] button'));

  await story.go(official, '/plans');
  await look(official, 'offer 360');
  await story.press(official, card(official, plan).locator('button[value="accept"]'));
  await look(official, 'accepted 360');
  await story.go(official, '/desk');
  const own = official.locator('section[aria-labelledby="h-next"] .entry', { hasText: plan });
  assert.match(await own.locator('.note.link').innerText(), /协作/);
  await story.go(leader, '/desk');
  const helping = leader.locator('section[aria-labelledby="h-next"] .entry', { hasText: plan });
  assert.match(await helping.locator('.note.link').innerText(), /协作/);
  await screenshot(leader, 'together helper desk 360');
});

inBrowser('the clerk keeps the list of firms, one a line', PHONE, async (clerk) => {
  await town.signIn(clerk, 'clerk');
  await story.go(clerk, '/office/spots');
  const firms = clerk.locator('#firms');
  await firms.fill(`${await firms.inputValue()}\n澄湾镇丰源果业专业合作社 / 丰源合作社`);
  await story.press(clerk, clerk.locator('form[action$="/office/spots"] button'));
  assert.ok((await firms.inputValue()).includes('澄湾镇丰源果业专业合作社 / 丰源合作社'));
  await look(clerk, 'list 360');
});
