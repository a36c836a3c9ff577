// What is masked after it was public, and what the asker adds when reopening.

import assert from 'node:assert/strict';

import { answer, look, openAtWork, words } from './asking.mjs';
import { inBrowser, screenshot } from './browser.mjs';
import * as story from './story.mjs';
import { startTown } from './town.mjs';

const PHONE = { width: 360, height: 760, script: false };

const town = await startTown();

inBrowser('a mask that was missed is put later, and what is added when reopening is looked at first', { ...PHONE, expected: [/status of 422/] }, async (resident, _, another) => {
  const asked = '开居住证明要带什么？我是石灰窑坡上那家的。';
  const told = '带身份证和户口册，石灰窑坡上那家也一样。';
  await resident.goto(town.url);
  await story.go(resident, '/ask?q=开证明盖章找谁');
  await story.press(resident, resident.locator('article.card').first().locator('.actions a'));
  await resident.locator('#words').fill(asked);
  await story.press(resident, resident.locator('form[action$="/question/new"] button.main'));
  const code = await story.codeOf(resident);

  const clerk = await another();
  await town.signIn(clerk, 'clerk');
  await openAtWork(clerk, '/office/questions', '居住证明');
  await clerk.locator('#shown').fill(asked);
  await story.press(clerk, clerk.locator('#screen button.main'));
  const official = await another();
  await town.signIn(official, 'official');
  await answer(official, '居住证明', told);

  await story.go(resident, `/pick-up/${code.replaceAll('-', '')}`);
  await resident.locator('#reopen summary').click();
  await resident.locator('#reopen textarea').fill('石灰窑坡上那家没有户口册，怎么办？');
  await look(resident, 'reopening 360');
  await story.press(resident, resident.locator('#reopen button'));
  assert.match(await words(resident), /提问人要求再答复/);
  await resident.locator('details', { hasText: '期限是怎么算的' }).locator('summary').click();
  assert.match(await words(resident), /要求再答复：.+到.+为止/);

  const reader = await another();
  await reader.goto(town.url);
  await story.go(reader, '/questions');
  await story.press(reader, reader.locator('article.card', { hasText: '居住证明' }).locator('h3 a'));
  assert.ok(!(await words(reader)).includes('没有户口册'), 'nobody has looked at it');

  await openAtWork(clerk, '/office/questions', '居住证明');
  await screenshot(clerk, 'question reopening screened 360');
  await clerk.locator('#shown').fill('〔隐去〕没有户口册，怎么办？');
  await story.press(clerk, clerk.locator('#screen button.main'));
  await reader.reload();
  const shown = await words(reader);
  assert.ok(shown.includes('〔隐去〕没有户口册，怎么办？') && shown.includes('带身份证和户口册'), shown);
  assert.ok(!shown.includes('石灰窑'), 'the same words went from question and answer');

  await clerk.locator('#mask summary').click();
  const field = clerk.locator('#mask textarea', { hasText: '带身份证' });
  await screenshot(clerk, 'question masking 360');
  await story.press(clerk, clerk.locator('#mask button'));
  assert.match(await clerk.locator('[role="alert"]').innerText(), /没有变化/);
  await field.fill((await field.inputValue()).replace('身份证', '〔隐去〕'));
  await story.press(clerk, clerk.locator('#mask button'));
  assert.match(await clerk.locator('[role="status"]').innerText(), /已隐去/);
  await reader.reload();
  assert.ok((await words(reader)).includes('带〔隐去〕和户口册'));
  assert.match(await words(reader), /又隐去了一处个人信息/);
  await reader.locator('details', { hasText: '期限是怎么算的' }).locator('summary').click();
  await look(reader, 'masked 360');
});
