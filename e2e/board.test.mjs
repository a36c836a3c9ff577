import assert from 'node:assert/strict';

import { expectNoAxeViolations, expectNoSidewaysScroll, inBrowser, screenshot } from './browser.mjs';
import { startTown } from './town.mjs';

const town = await startTown();

for (const width of [360, 1280]) {
  inBrowser(`the board reads well on a screen ${width} pixels wide`, { width }, async (page) => {
    await page.goto(town.url);
    assert.equal(await page.locator('h1').count(), 1);
    assert.notEqual((await page.locator('h1').innerText()).trim(), '');
    await expectNoSidewaysScroll(page);
    await expectNoAxeViolations(page);
    await screenshot(page, `board ${width}`);
  });
}

inBrowser('the board needs no script', { script: false }, async (page) => {
  await page.goto(town.url);
  assert.equal(await page.locator('h1').count(), 1);
});
