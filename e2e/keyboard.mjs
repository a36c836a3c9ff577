// A person without a mouse.

import assert from 'node:assert/strict';

/** Presses Tab until the element has the focus, and sees that it shows it. */
export async function tabTo(page, selector) {
  for (let pressed = 0; pressed < 150; pressed += 1) {
    await page.keyboard.press('Tab');
    const reached = await page.evaluate((wanted) => document.activeElement.matches(wanted), selector);
    if (!reached) continue;
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.notEqual(outline, 'none', `${selector} shows that it has the focus`);
    return;
  }
  assert.fail(`${selector} cannot be reached with the Tab key`);
}
