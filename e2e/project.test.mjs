// A key project before everybody's eyes: promised, moved by the week's own items, shifted with a reason.

import assert from 'node:assert/strict';

import { expectNoAxeViolations, expectNoSidewaysScroll, inBrowser, screenshot } from './browser.mjs';
import * as story from './story.mjs';
import { startTown } from './town.mjs';
import { expectValidHtml } from './valid.mjs';

const PHONE = { width: 360, height: 760, script: false };

const town = await startTown();

/** A day from today, as a form takes it. */
function day(from) {
  return new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);
}

/** The text of the page as a reader sees it. */
function words(page) {
  return page.locator('main').innerText();
}

async function done(page) {
  return page.locator('main > [role="status"]').first().innerText();
}

/** Follows the list of projects to the one of this name. */
async function openProject(page, list, name) {
  await story.go(page, list);
  await page.locator('article.card', { hasText: name }).first().locator('h3 a').click();
  await page.waitForURL(/\/project\//);
}

inBrowser('a project is promised, moved by an item and shifted with a reason, without a script', PHONE, async (reader, _, another) => {
  const name = '便民服务大厅改造';
  const clerk = await another();
  await town.signIn(clerk, 'clerk');
  await clerk.locator('.menu a[href$="/desk/projects"]').click();
  await clerk.locator('#name').fill(name);
  await clerk.locator('#aim').fill('一层办完所有的事，老人不用上楼');
  await clerk.locator('#unit').selectOption({ label: '党政综合办' });
  await clerk.locator('#milestone-1').fill('一层窗口安装');
  await clerk.locator('#day-1').fill(day(3));
  await clerk.locator('#milestone-2').fill('大厅开放');
  await clerk.locator('#day-2').fill(day(40));
  await story.press(clerk, clerk.locator('#begin button.main'));
  assert.match(await words(clerk), /还没有公示/);
  await screenshot(clerk, 'project proposed 360');
  await story.press(clerk, clerk.locator('button[value="publish"]'));
  assert.match(await done(clerk), /已公示/);
  await screenshot(clerk, 'project begun 360');

  await reader.goto(town.url);
  await reader.locator('.menu a[href$="/projects"]').click();
  await openProject(reader, '/projects', name);
  assert.match(await reader.locator('h1').innerText(), /按期/);
  const address = reader.url();

  const official = await another();
  await town.signIn(official, 'official');
  await story.takeBack(official);
  const item = '便民服务大厅一层窗口安装完成6个，水电接通';
  await story.capture(official, item);
  const proposal = story.workItem(official, item).locator('form.finding button');
  assert.match(await proposal.innerText(), /一层窗口安装/, 'the milestone is proposed from the words');
  await story.press(official, proposal);
  assert.match(await story.workItem(official, item).locator('.note.link').innerText(), new RegExp(name));
  await screenshot(official, 'project item linked 360');

  await openProject(official, '/desk/projects', name);
  const first = official.locator('section.milestone').nth(0);
  assert.match(await first.locator('select').innerText(), /水电接通/, 'what was written once is offered here');
  await story.press(official, first.locator('form:has([value="reach"]) button'));
  assert.match(await done(official), /达到/);
  const second = official.locator('section.milestone').nth(1);
  await second.locator('details', { hasText: '改预计时间' }).first().locator('summary').click();
  await second.locator('input[name="to"]').fill(day(60));
  await second.locator('form:has([value="shift"]) input[name="reason"]').fill('电梯到货推迟三周');
  await story.press(official, second.locator('form:has([value="shift"]) button'));
  assert.match(await done(official), /原因已公开/);
  await expectNoSidewaysScroll(official);
  await screenshot(official, 'project at work 360');

  const answer = await reader.goto(address);
  await expectValidHtml(await answer.text(), address);
  assert.match(await reader.locator('h1').innerText(), /滞后/);
  const page = await words(reader);
  assert.match(page, /晚20天/);
  assert.match(page, /电梯到货推迟三周/);
  const bars = reader.locator('.timetable svg a');
  assert.equal(await bars.count(), 2);
  const to = await bars.first().getAttribute('href');
  assert.equal(await reader.locator(to).count(), 1, 'a bar leads to what moved it');
  assert.equal(await reader.locator('#timetable tbody tr').count(), 2, 'the table says the same');
  await expectNoSidewaysScroll(reader);
  await screenshot(reader, 'project public 360');
  const scripted = await another({ script: true });
  for (const rest of [address, `${new URL(address).origin}${story.place(reader, '/projects')}`]) {
    await scripted.goto(rest);
    await expectNoAxeViolations(scripted);
  }

  await reader.goto(town.url);
  const shown = await reader.locator('section.projects li', { hasText: name }).innerText();
  assert.match(shown, /滞后.*下一个节点 大厅开放/s, 'the board shows the projects first');
});

inBrowser('a list of projects is looked at, refused with its cell, and taken in', { width: 1280, script: false }, async (clerk) => {
  await town.signIn(clerk, 'clerk');
  const upload = async (lines) => {
    await story.go(clerk, '/office/projects/import');
    const buffer = Buffer.from(lines.join('\n'));
    await clerk.locator('#file').setInputFiles({ name: '工程清单.csv', mimeType: 'text/csv', buffer });
    await story.press(clerk, clerk.locator('form button.main'));
  };
  const head = '项目名称,责任单位,节点,计划完成时间';
  await upload([head, '河堤加固,水务所,合龙,尽快', '敬老院,民政办,竣工,看天气']);
  assert.match(await words(clerk), /D2 .*尽快[^]*D3 .*看天气/, 'everything that has to be mended, at once');
  assert.equal(await clerk.locator('form[action$="/apply"]').count(), 0);
  await upload(['2027年重点工程,,,', head, '河堤加固,水务所,合龙,6月底', ',,验收,9月']);
  assert.match(await words(clerk), /1 项工程，2 个节点/);
  assert.match(await words(clerk), /合龙 · 2027年6月30日/);
  await screenshot(clerk, 'project list preview 1280');
  await story.press(clerk, clerk.locator('form[action$="/apply"] button.main'));
  assert.match(await done(clerk), /已导入/);
  await openProject(clerk, '/desk/projects', '河堤加固');
  assert.match(await words(clerk), /原定2027年6月30日/);
});
