// The story of an order: given in one meeting, stuck, helped by another unit, a milestone reached, and all of it on the board after
// the next meeting, with nothing typed twice. Every box that somebody fills in is counted.

import assert from 'node:assert/strict';

import { expectNoSidewaysScroll, inBrowser, screenshot } from './browser.mjs';
import * as story from './story.mjs';
import { startTown } from './town.mjs';

const PHONE = { width: 360, height: 760, script: false };
const PROJECT = '便民服务大厅改造';
const MILESTONE = '一层窗口安装';
const ORDER = '月底前装好便民服务大厅一层窗口6个';
const STUCK = '玻璃尺寸量错，厂家要重做';
const RESULT = '6个全部装好，水电接通';

const town = await startTown();
const typed = [];

/** Types into a box: nothing else in this story puts words in. */
async function type(box, words) {
  typed.push(words);
  await box.fill(words);
}

async function look(page, name) {
  await expectNoSidewaysScroll(page);
  await screenshot(page, `order ${name}`);
}

function words(page) {
  return page.locator('main').innerText();
}

function day(from) {
  return new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);
}

/** The clerk lays the project down beforehand; it is no part of the story. */
async function beginProject(clerk) {
  await town.signIn(clerk, 'clerk');
  await story.go(clerk, '/desk/projects');
  await clerk.locator('#name').fill(PROJECT);
  await clerk.locator('#unit').selectOption({ label: '党政综合办' });
  await clerk.locator('#milestone-1').fill(MILESTONE);
  await clerk.locator('#day-1').fill(day(9));
  await story.press(clerk, clerk.locator('#begin button.main'));
  await story.press(clerk, clerk.locator('button[value="publish"]'));
}

inBrowser('an order is given, stuck, helped, done and on the board, with nothing typed twice', PHONE, async (chair, _, another) => {
  const [official, leader, reader] = [await another(), await another(), await another()];
  await beginProject(await another());
  await town.signIn(official, 'official');
  await town.signIn(leader, 'leader');
  await town.signIn(chair, 'chair');
  const name = await story.ownName(official);

  // Monday: the meeting gives the order.
  await story.openMeeting(chair);
  await story.show(chair, name);
  await chair.locator('#order > summary').click();
  await type(chair.locator('#text'), ORDER);
  await story.press(chair, chair.locator('#order button.main'));
  await story.closeMeeting(chair);

  await story.go(official, '/directives');
  await official.locator('#mine article.card', { hasText: ORDER }).locator('h3 a').click();
  await official.waitForURL(/\/directive\//);
  await story.press(official, official.locator('#answer button.main'));

  // Tuesday: stuck. The line stands in the list by itself; what is typed is where it is stuck.
  await story.go(official, '/today');
  const line = () => official.locator('.entry.line', { hasText: '便民服务大厅一层窗口' }).first();
  await look(official, 'today 360');
  await line().locator('summary').click();
  await type(line().locator('input[name="stuck"]'), STUCK);
  await story.press(official, line().locator('form[action$="/today/stuck"] button'));
  await story.go(official, '/desk');
  const planned = official.locator('section[aria-labelledby="h-next"] .entry', { hasText: '便民服务大厅一层窗口' });
  assert.match(await planned.innerText(), new RegExp(STUCK), 'it stands in the plan with its difficulty');
  await planned.locator('details.edit > summary').click();
  await planned.locator('select[name="kind"]').selectOption('vehicle');
  await story.press(official, planned.locator('form[action$="/plans/help/ask"] button'));

  // Wednesday: another unit offers, in words that are there already, and is accepted.
  await story.go(leader, '/plans');
  const request = leader.locator('article.card', { hasText: '便民服务大厅一层窗口' }).first();
  await request.locator('summary').click();
  await story.press(leader, request.locator('form[action$="/plans/help/offer"] button'));
  await story.go(official, '/plans');
  await look(official, 'offer 360');
  await story.press(official, official.locator('article.card', { hasText: '便民服务大厅一层窗口' }).first().locator('button[value="accept"]'));
  await story.go(leader, '/desk');
  const helping = leader.locator('section[aria-labelledby="h-next"] .entry', { hasText: '便民服务大厅一层窗口' });
  assert.match(await helping.first().innerText(), /协作/, 'the helper has it in the plan without typing');

  // Friday: done with a tap and a few words; a tap each for the milestone that it belongs to and that it reached.
  await story.go(official, '/today');
  await type(line().locator('input[name="words"]'), RESULT);
  await story.press(official, line().locator('form[action$="/today/done"] button'));
  await story.go(official, '/desk');
  const work = story.workItem(official, RESULT);
  assert.match(await work.innerText(), /交办事项/, 'it belongs to the order');
  const proposal = work.locator('form.finding button', { hasText: MILESTONE });
  await story.press(official, proposal.first());
  await look(official, 'desk 360');
  await story.answerTheRestAsDone(official);
  await story.file(official);
  await story.go(official, '/desk/projects');
  await official.locator('article.card', { hasText: PROJECT }).first().locator('h3 a').click();
  await official.waitForURL(/\/project\//);
  await story.press(official, official.locator('section.milestone').first().locator('form:has([value="reach"]) button'));

  // Monday: the next meeting closes, and everybody reads it.
  await story.openMeeting(chair);
  await look(chair, 'next meeting 360');
  await story.closeMeeting(chair);
  await reader.goto(town.url);
  const board = await words(reader);
  const told = `便民服务大厅一层窗口6个，${RESULT}`;
  assert.ok(board.includes(told), 'the work');
  assert.match(board, new RegExp(`${PROJECT}`), 'the project');
  await look(reader, 'board 360');
  await reader.locator('.work .items li', { hasText: RESULT }).locator('a.no').first().click();
  await reader.waitForURL(/\/item\//);
  const item = await words(reader);
  assert.ok(item.includes(ORDER) && item.includes(MILESTONE), item);
  await look(reader, 'item 360');
  await story.go(reader, '/orders');
  assert.ok((await words(reader)).includes(ORDER));
  await story.go(reader, '/projects');
  await reader.locator('article.card', { hasText: PROJECT }).first().locator('h3 a').click();
  await reader.waitForURL(/\/project\//);
  assert.match(await words(reader), /达到|已完成|完工/);
  await look(reader, 'project 360');

  assert.deepEqual(typed, [ORDER, STUCK, RESULT], 'three boxes were filled in, each once');
});
