// The same week in a browser without scripts: an old phone, a strict office.

import assert from 'node:assert/strict';

import { inBrowser } from './browser.mjs';
import * as story from './story.mjs';
import { startTown } from './town.mjs';

const PLAIN = { width: 360, height: 760, script: false };

const town = await startTown();

inBrowser('a week goes from the desk to the board without a script', PLAIN, async (official, _, another) => {
  await town.signIn(official, 'official');
  const name = await story.ownName(official);
  await story.go(official, '/desk');
  await story.takeBack(official);

  const moved = official.locator('form[data-answer]').first();
  const id = await moved.getAttribute('id');
  await moved.locator('input[name="reason"]').fill('材料没到，改到下周');
  await story.press(official, moved.locator('.choice[value="moved"]'));
  assert.equal(
    await official.locator(`[id="${id}"] .choice[aria-pressed="true"]`).getAttribute('value'),
    'moved',
  );
  await story.answerTheRestAsDone(official);
  await story.capture(official, '清理墨池渠拦污栅3处，清出杂物2车；做好日常工作');
  await story.file(official);
  assert.equal(await story.stateOf(official), '已提交');

  const chair = await another();
  await town.signIn(chair, 'chair');
  await story.openMeeting(chair);
  await story.show(chair, name);
  assert.equal((await story.shownName(chair)).trim(), name);
  await story.sendBack(chair, '做好日常工作', '请写清是哪件事');

  await story.go(official, '/desk');
  const item = story.workItem(official, '做好日常工作').first();
  await item.locator('details.edit > summary').click();
  await item.locator('textarea[name="text"]').fill('接待来访群众14人次，当天办结9件');
  await story.press(official, item.locator('form[action$="/desk/item"] button'));
  await story.file(official);

  await story.go(chair, '/meeting/control');
  await story.press(chair, chair.locator('form[action$="/meeting/decide"] > button.main[value="accept"]'));
  await story.closeMeeting(chair);
  const board = await another();
  await board.goto(town.url);
  const published = await board.locator('main').innerText();
  for (const words of ['清出杂物2车', '当天办结9件', '材料没到，改到下周']) assert.ok(published.includes(words), words);
});

inBrowser('items are put in order and a word on one is dealt with, by keyboard alone', PLAIN, async (official, _, another) => {
  await town.signIn(official, 'official');
  const name = await story.ownName(official);
  await story.go(official, '/desk');
  await story.capture(official, '更换东湾村水表38只，逐户试水正常；检修西湾泵站2处，更换水封1副');
  const words = () => official.locator('.this .entry .words').allTextContents();
  const before = await words();
  await official.locator('.this .entry').last().locator('.order button[name="before"]').focus();
  await Promise.all([official.waitForNavigation(), official.keyboard.press('Enter')]);
  const after = await words();
  assert.deepEqual(after.slice(-2), before.slice(-2).reverse());

  const leader = await another();
  await town.signIn(leader, 'leader');
  await story.go(leader, '/leader');
  await leader.locator('.reports a', { hasText: name }).click();
  const item = leader.locator('.entry', { hasText: '更换水封1副' });
  await item.locator('.remark > summary').focus();
  await leader.keyboard.press('Enter');
  await leader.keyboard.press('Tab');
  await leader.keyboard.type('水封是谁装的？');
  await leader.keyboard.press('Tab');
  await Promise.all([leader.waitForNavigation(), leader.keyboard.press('Enter')]);

  await story.go(official, '/desk');
  const mine = official.locator('.entry', { hasText: '水封是谁装的？' });
  await mine.locator('.talk button').focus();
  await Promise.all([official.waitForNavigation(), official.keyboard.press('Enter')]);
  assert.ok((await mine.innerText()).includes('已处理'));
  await leader.reload();
  assert.ok((await item.innerText()).includes('已处理'));
});
