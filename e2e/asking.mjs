// What the tests of residents' questions have in common.

import assert from 'node:assert/strict';

import { expectNoSidewaysScroll, screenshot } from './browser.mjs';
import * as story from './story.mjs';

/** A page that anybody can read, whichever step of the way it is. */
export async function look(page, name) {
  await expectNoSidewaysScroll(page);
  await screenshot(page, `question ${name}`);
  assert.deepEqual(await page.context().cookies(), [], `${page.url()} gives the reader no cookie`);
}

/** The text of the page as a reader sees it. */
export function words(page) {
  return page.locator('main').innerText();
}

/** The official's page of the question with these words. */
export async function openAtWork(page, list, asked) {
  await story.go(page, list);
  await page.locator('article.card', { hasText: asked }).first().locator('h3 a').click();
  await page.waitForURL(/\/desk\/question\//);
}

export async function answer(official, asked, told) {
  await openAtWork(official, '/desk/questions', asked);
  await official.locator('#text').fill(told);
  await story.press(official, official.locator('#answer button.main'));
  assert.match(await official.locator('[role="status"]').innerText(), /已答复/);
}
