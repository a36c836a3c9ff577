// One week of one town, by the people who live it: from a pasted list to the public board.

import assert from 'node:assert/strict';

import { inBrowser, screenshot } from './browser.mjs';
import * as story from './story.mjs';
import { startTown } from './town.mjs';

const PHONE = { width: 360, height: 760 };
const PROJECTOR = { width: 1920, height: 1080 };
const LIST = [
  '1、到砚塘村更换停走水表12只，试水全部正常',
  '2、协调供电所为泵站换电机1台，23日恢复供水',
  '3、做好日常工作',
].join('\n');
const MENDED = '整理2025年会议档案36卷，全部归档入柜';

const town = await startTown();

inBrowser('an official pastes a list, answers last week’s plan and files', PHONE, async (page) => {
  await town.signIn(page, 'official');
  await story.go(page, '/desk');
  await story.takeBack(page);

  await story.capture(page, LIST);
  for (const words of ['更换停走水表12只', '协调供电所', '做好日常工作']) {
    assert.equal(await story.workItem(page, words).count(), 1, words);
  }
  assert.ok(await story.workItem(page, '做好日常工作').locator('.finding.todo').count(), 'a vague item gets advice');
  assert.equal(await page.locator('#capture').inputValue(), '', 'what was sent is not in the box any more');

  await story.answerTheRestAsDone(page);
  await story.file(page);
  assert.equal(await story.stateOf(page), '已提交');
  await story.takeBack(page);
  assert.equal(await story.stateOf(page), '填写中');
  await story.file(page);
  assert.equal(await story.stateOf(page), '已提交');
});

inBrowser('words are saved as they are typed', PHONE, async (page) => {
  await town.signIn(page, 'official');
  await story.go(page, '/desk');
  await story.takeBack(page);
  const item = story.workItem(page, '更换停走水表12只').first();
  await item.locator('details.edit > summary').click();
  const words = '到砚塘村更换停走水表12只，入户回访12户，试水全部正常';
  await item.locator('textarea[name="text"]').fill(words);
  const saved = page.locator('#saved-state');
  await story.until('the page says that it is saved', async () => (await saved.getAttribute('data-kind')) === 'saved');
  await page.reload();
  assert.equal(await story.workItem(page, words).count(), 1);
  await story.file(page);
});

inBrowser('a plan that was moved asks why', PHONE, async (page) => {
  await town.signIn(page, 'official');
  await story.go(page, '/desk');
  await story.takeBack(page);
  const answer = page.locator('form[data-answer]').first();
  const id = await answer.getAttribute('id');
  const reason = answer.locator('input[name="reason"]');
  await reason.evaluate((field) => { field.value = ''; });
  await answer.locator('.choice[value="moved"]').click();
  await story.until('the field for the reason shows', () => reason.isVisible());
  await reason.fill('连日大雨，路面没法施工');
  await story.thenLoads(page, () => reason.press('Enter'));
  const after = page.locator(`[id="${id}"]`);
  assert.equal(await after.locator('.choice[aria-pressed="true"]').getAttribute('value'), 'moved');
  assert.equal(await after.locator('input[name="reason"]').inputValue(), '连日大雨，路面没法施工');
  await story.file(page);
});

inBrowser(
  'two phones of one person lose no word',
  { ...PHONE, expected: [/status of 409/] },
  async (page, _, another) => {
    const second = await another();
    for (const phone of [page, second]) {
      await town.signIn(phone, 'official');
      await story.go(phone, '/desk');
    }
    await story.takeBack(page);
    await story.go(second, '/desk');
    const edit = async (phone, words) => {
      const item = phone.locator('section[aria-labelledby="h-work"] .entry', { hasText: '协调供电所' }).first();
      await item.locator('details.edit > summary').click();
      await item.locator('textarea[name="text"]').fill(words);
      await story.press(phone, item.locator('form[action$="/desk/item"] button'));
    };
    await edit(page, '协调供电所为泵站换电机1台，22日晚恢复供水');
    await edit(second, '协调供电所为泵站换电机2台，23日恢复供水');
    const conflict = second.locator('form.conflict');
    assert.equal(await conflict.count(), 1);
    const versions = await conflict.locator('.versions').innerText();
    assert.match(versions, /22日晚恢复供水/);
    assert.match(versions, /换电机2台/);
    await screenshot(second, 'conflict 360');
    await story.press(second, conflict.locator('button[value="waiting"]'));
    assert.equal(await story.workItem(second, '换电机2台').count(), 1);
    assert.equal(await second.locator('form.conflict').count(), 0);
    await story.file(second);
  },
);

inBrowser(
  'the meeting hears, sends back and accepts, and closing it publishes',
  PHONE,
  async (official, _, another) => {
    await town.signIn(official, 'official');
    const name = await story.ownName(official);
    const before = await story.newestIssue(await another({ script: false }), town.url);

    const chair = await another();
    await town.signIn(chair, 'chair');
    await story.openMeeting(chair);
    const projector = await another(PROJECTOR);
    await town.signIn(projector, 'clerk');
    await story.go(projector, '/meeting/screen');
    await story.show(chair, name);
    assert.equal((await story.shownName(chair)).trim(), name);
    await story.until('the projector follows the phone', async () => (await story.shownName(projector)).trim() === name);
    await story.until('the timer runs', async () => /^\d+:\d\d$/.test(await projector.locator('.timer').innerText()));
    assert.ok(await projector.locator('.flagged .why').count(), 'the vague item is marked');
    await screenshot(projector, 'projector 1920');
    await screenshot(chair, 'chair 360');

    // Enter in the field for the reason sends back; it must never accept.
    const vague = chair.locator('.entry', { hasText: '做好日常工作' });
    await vague.locator('details summary').click();
    await vague.locator('input[name="reason"]').fill('请写清是哪件事');
    await story.thenLoads(chair, () => vague.locator('input[name="reason"]').press('Enter'));
    await story.go(official, '/desk');
    assert.equal(await story.stateOf(official), '已退回');
    assert.match(await official.locator('main').innerText(), /请写清是哪件事/);
    const item = story.workItem(official, '做好日常工作').first();
    await item.locator('details.edit > summary').click();
    await item.locator('textarea[name="text"]').fill(MENDED);
    await story.press(official, item.locator('form[action$="/desk/item"] button'));
    await story.file(official);

    const mended = async (page) => (await page.locator('main').innerText()).includes(MENDED);
    await story.until('the projector shows the mended item', () => mended(projector));
    await story.until('the phone shows the mended item', () => mended(chair));
    await story.press(chair, chair.locator('form[action$="/meeting/rest"] button'));

    await story.closeMeeting(chair);
    // A browser may keep the board for a minute, so this is a reader who has not been here before.
    const reader = await another({ script: false });
    assert.equal(await story.newestIssue(reader, town.url), before + 1);
    const published = await reader.locator('main').innerText();
    for (const words of [MENDED, '更换停走水表12只', '换电机2台']) assert.ok(published.includes(words), words);
    assert.ok(!published.includes('做好日常工作'), 'what was sent back and mended is not on the board');
    await story.until('the projector leaves the meeting', async () => !projector.url().endsWith('/meeting/screen'));
    await screenshot(reader, 'issue 360');
  },
);

inBrowser(
  'a second phone that closes the meeting too is told that it is closed',
  { ...PHONE, expected: [/status of 4\d\d/] },
  async (page, _, another) => {
    const second = await another();
    for (const phone of [page, second]) await town.signIn(phone, 'chair');
    await story.openMeeting(page);
    const before = await story.newestIssue(await another({ script: false }), town.url);
    for (const phone of [page, second]) await story.go(phone, '/meeting/close');
    for (const phone of [page, second]) {
      await story.press(phone, phone.locator('form[action$="/meeting/close"] button'));
    }
    assert.match(await second.locator('main').innerText(), new RegExp(`第 ${before + 1} 期已公示`));
    assert.equal(await story.newestIssue(await another({ script: false }), town.url), before + 1);
  },
);
