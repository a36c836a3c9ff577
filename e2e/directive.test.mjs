// From order to doer without detour: given in the meeting, accepted, moved by an item, closed; and a difficulty that meets help.

import assert from 'node:assert/strict';

import { expectNoSidewaysScroll, inBrowser, screenshot } from './browser.mjs';
import * as story from './story.mjs';
import { startTown } from './town.mjs';

const PHONE = { width: 360, height: 760, script: false };
const ORDER = '一周内修好砚塘村泵站进水阀，恢复夜间供水';
const WORK = '修好砚塘村泵站进水阀1处，夜间供水恢复';
const STUCK = '泵站备用电机烧坏，县里没有配件';
const HELP = '从水利站仓库先借一台，明天上午送到';

const town = await startTown();

async function look(page, name) {
  await expectNoSidewaysScroll(page);
  await screenshot(page, `directive ${name}`);
}

function words(page) {
  return page.locator('main').innerText();
}

inBrowser('an order given in the meeting is accepted, moved by an item and closed, with one sentence typed for each', PHONE, async (chair, _, another) => {
  const official = await another();
  await town.signIn(official, 'official');
  const name = await story.ownName(official);

  await town.signIn(chair, 'chair');
  await story.openMeeting(chair);
  await look(chair, 'agenda 360');
  await story.show(chair, name);
  await chair.locator('#order > summary').click();
  const owner = chair.locator('#owner');
  assert.ok((await owner.locator('option:checked').innerText()).endsWith(name), 'whose report is on the screen is the owner');
  assert.match(await chair.locator('#due').inputValue(), /^\d{4}-\d\d-\d\d$/, 'a week is proposed');
  await look(chair, 'order 360');
  await chair.locator('#text').fill(ORDER);
  await story.press(chair, chair.locator('#order button.main'));
  assert.match(await words(chair), /已当场交办/);
  await story.closeMeeting(chair);
  await story.go(chair, '/meeting/minutes');
  assert.ok((await chair.locator('#decisions').innerText()).includes(ORDER));
  await look(chair, 'minutes 360');

  await story.go(official, '/desk');
  assert.match(await official.locator('.notice').first().innerText(), /有一件事交给您办/);
  await story.go(official, '/directives');
  await look(official, 'list 360');
  await official.locator('#mine article.card', { hasText: ORDER }).locator('h3 a').click();
  await official.waitForURL(/\/directive\//);
  await story.press(official, official.locator('#answer button.main'));
  assert.match(await words(official), /看到 · |看到/);
  await story.go(official, '/desk');
  await story.capture(official, WORK);
  const proposal = story.workItem(official, WORK).locator('button[name="link"]').first();
  assert.match(await proposal.innerText(), /归入/);
  await story.press(official, proposal);

  await story.go(chair, '/directives');
  await chair.locator('article.card', { hasText: ORDER }).first().locator('h3 a').click();
  await chair.waitForURL(/\/directive\//);
  const page = await words(chair);
  assert.match(page, /已接办/);
  assert.ok(page.includes('还在写的一条') && !page.includes(WORK), 'a draft is nobody else\'s to read');
  assert.equal(await chair.locator('#items textarea, #items input[type="text"]').count(), 0, 'nobody fills in how far it is');
  await look(chair, 'one 360');
  await chair.locator('#close > summary').click();
  await story.press(chair, chair.locator('#close button.main'));
  assert.match(await words(chair), /已办结/);

  const reader = await another();
  await reader.goto(town.url);
  await reader.locator('a[href*="/minutes/"]').first().click();
  await reader.waitForURL(/\/minutes\//);
  assert.ok((await words(reader)).includes(ORDER));
  await look(reader, 'public minutes 360');
  await story.press(reader, reader.locator('main ol a', { hasText: ORDER }));
  assert.match(await words(reader), /已办结/);
  await look(reader, 'public order 360');
});

inBrowser('who is stuck asks from beside the item, is answered, and says that it helped', PHONE, async (official, _, another) => {
  const leader = await another();
  await town.signIn(leader, 'leader');
  const leaderName = await story.ownName(leader);
  await town.signIn(official, 'official');
  await story.go(official, '/desk');
  await story.takeBack(official);
  await story.capture(official, '检修砚塘村泵站备用电机1台');
  const item = () => story.workItem(official, '检修砚塘村泵站备用电机1台').first();
  await item().locator('details.edit > summary').click();
  await item().locator('[name="difficulty"]').fill(STUCK);
  await story.press(official, item().locator('form[action$="/desk/item"] button').first());
  await item().locator('select[name="to"]').selectOption({ label: leaderName });
  await look(official, 'stuck at the desk 360');
  await story.press(official, item().locator('form[action$="/desk/difficulty"] button'));
  assert.match(await words(official), /已求助/);

  await story.go(leader, '/difficulties');
  await look(leader, 'difficulties 360');
  await leader.locator('#to-answer article.card', { hasText: STUCK }).locator('h3 a').click();
  await leader.waitForURL(/\/difficulties\//);
  await leader.locator('#words').fill(HELP);
  await look(leader, 'difficulty 360');
  await story.press(leader, leader.locator('#answer button.main'));

  await story.go(official, '/difficulties');
  await official.locator('#raised article.card', { hasText: STUCK }).locator('h3 a').click();
  await official.waitForURL(/\/difficulties\//);
  assert.ok((await words(official)).includes(HELP));
  assert.equal(await official.locator('#solver option').first().innerText(), leaderName, 'who answered is proposed as who helped');
  await story.press(official, official.locator('#solve button.main'));
  assert.match(await words(official), /已记为解决/);
  await look(official, 'solved 360');
});
