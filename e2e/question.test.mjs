// The resident's way: find who is in charge, ask without an account, read the answer by code, say whether it helped.

import assert from 'node:assert/strict';

import { answer, look, openAtWork, words } from './asking.mjs';
import { expectNoAxeViolations, inBrowser, screenshot } from './browser.mjs';
import { tabTo } from './keyboard.mjs';
import * as story from './story.mjs';
import { startTown } from './town.mjs';
import { expectValidHtml } from './valid.mjs';

const PHONE = { width: 360, height: 760, script: false };

const town = await startTown();

inBrowser('a resident asks, is answered, and says whether it helped, without a script', PHONE, async (resident, _, another) => {
  const asked = '开无房证明要带什么？我叫王小满，电话 13800001234。';
  const told = '带身份证和户口册，到便民服务大厅 2 号窗口，当场就办。';

  await resident.goto(town.url);
  await resident.locator('.menu a[href$="/ask"]').click();
  await resident.locator('#q').fill('开证明盖章找谁');
  await story.press(resident, resident.locator('form.search button'));
  const card = resident.locator('article.card').first();
  const name = (await card.locator('h3 a').innerText()).trim();
  assert.match(await card.innerText(), /证明/, 'it says why this official was found');
  await look(resident, 'found 360');
  await card.locator('.actions a').click();
  await resident.waitForURL(/\/question\/new/);
  assert.ok((await words(resident)).includes(name));
  await resident.locator('#words').fill(asked);
  await resident.locator('#contact').fill('13800001234');
  await look(resident, 'new 360');
  await story.press(resident, resident.locator('form[action$="/question/new"] button.main'));
  const code = await story.codeOf(resident);
  assert.match(code, /^[A-Z2-9]{4}(-[A-Z2-9]{4})+$/);
  assert.match(await words(resident), /最迟 .+ 答复/);
  await look(resident, 'received 360');

  const clerk = await another();
  await town.signIn(clerk, 'clerk');
  await openAtWork(clerk, '/office/questions', '无房证明');
  const proposed = await clerk.locator('#shown').inputValue();
  assert.ok(!proposed.includes('13800001234'), 'the telephone is masked before anybody looks');
  await clerk.locator('#shown').fill(proposed.replace('王小满', '〔隐去〕'));
  await screenshot(clerk, 'question screening 360');
  await story.press(clerk, clerk.locator('#screen button.main'));
  assert.match(await clerk.locator('[role="status"]').innerText(), /已公开/);

  const official = await another();
  await town.signIn(official, 'official');
  assert.equal(await story.ownName(official), name, 'the one who was found is the one who signs in');
  await answer(official, '无房证明', told);
  await screenshot(official, 'question answered at the desk 360');

  await story.go(resident, '/pick-up');
  await resident.locator('#code').fill(code.toLowerCase().replaceAll('-', ' '));
  await story.press(resident, resident.locator('main button.main'));
  assert.ok((await words(resident)).includes(told));
  await story.press(resident, resident.locator('#verdict button[value="solved"]'));
  assert.match(await words(resident), /提问人的评价：解决了/);
  await look(resident, 'judged 360');

  const reader = await another();
  await reader.goto(town.url);
  await reader.locator('.menu a[href$="/questions"]').click();
  await look(reader, 'list 360');
  await story.press(reader, reader.locator('article.card', { hasText: '无房证明' }).locator('h3 a'));
  const published = await words(reader);
  for (const part of ['开无房证明要带什么', '〔隐去〕', told, '解决了', name]) assert.ok(published.includes(part), part);
  for (const secret of ['王小满', '13800001234']) assert.ok(!published.includes(secret), secret);
  await look(reader, 'public 360');
});

inBrowser('who mistypes the code or says nothing is told so in words', { ...PHONE, expected: [/status of 422/] }, async (page) => {
  await page.goto(town.url);
  await story.go(page, '/pick-up');
  await page.locator('#code').fill('AAAA-BBBB');
  await story.press(page, page.locator('main button.main'));
  assert.match(await page.locator('[role="alert"]').innerText(), /没有这个取件码/);
  assert.equal(await page.locator('#code').inputValue(), 'AAAA-BBBB');
  await look(page, 'wrong code 360');
  await story.go(page, '/question/new');
  await page.locator('form[action$="/question/new"]').evaluate((form) => form.setAttribute('novalidate', ''));
  await story.press(page, page.locator('form[action$="/question/new"] button.main'));
  assert.notEqual((await page.locator('[role="alert"]').innerText()).trim(), '');
  await look(page, 'nothing said 360');
});

inBrowser('a resident finds, asks and reads the answer with the keyboard alone', { width: 1280 }, async (resident, _, another) => {
  const asked = '便民服务大厅星期六上午开门吗？';
  const told = '星期六上午九点到十一点有人值班。';
  const enter = () => story.thenLoads(resident, () => resident.keyboard.press('Enter'));

  await resident.goto(town.url);
  await tabTo(resident, '.menu a[href$="/ask"]');
  await enter();
  await tabTo(resident, '#q');
  await resident.keyboard.type('便民服务大厅');
  await enter();
  await tabTo(resident, 'article.card .actions a');
  const name = (await resident.locator('article.card h3 a').first().innerText()).trim();
  await enter();
  await tabTo(resident, '#words');
  await resident.keyboard.type(asked);
  await tabTo(resident, 'input[name="public"]');
  await resident.keyboard.press('ArrowDown');
  assert.equal(await resident.locator('input[name="public"]:checked').getAttribute('value'), 'no');
  await tabTo(resident, 'form[action$="/question/new"] button.main');
  await enter();
  const code = await story.codeOf(resident);
  await expectNoAxeViolations(resident);
  await expectValidHtml(await resident.content(), resident.url());
  await screenshot(resident, 'question received 1280');

  const official = await another();
  await town.signIn(official, 'official');
  assert.equal(await story.ownName(official), name);
  await answer(official, asked, told);

  await resident.goto(town.url);
  await tabTo(resident, '.menu a[href$="/questions"]');
  await enter();
  await tabTo(resident, 'main a[href$="/pick-up"]');
  await enter();
  await tabTo(resident, '#code');
  await resident.keyboard.type(code);
  await enter();
  assert.ok((await words(resident)).includes(told));
  await tabTo(resident, '#verdict button[value="partly"]');
  await enter();
  assert.match(await words(resident), /提问人的评价：解决了一部分/);
  await expectNoAxeViolations(resident);
  await screenshot(resident, 'question judged 1280');

  const reader = await another();
  await reader.goto(town.url);
  await story.go(reader, '/questions');
  const list = await words(reader);
  assert.ok(!list.includes('星期六') && list.includes('提问人要求不公开内容'), 'private words stay private, the fact does not');
});

inBrowser(
  'the lobby screen says whom to ask and what was answered, also when the network is gone',
  { width: 1920, height: 1080, expected: [/ERR_INTERNET_DISCONNECTED/, /Failed to load resource/] },
  async (screen) => {
    await screen.goto(town.url);
    await story.go(screen, '/screen');
    await screen.evaluate(() => navigator.serviceWorker.ready);
    const shown = async (name) => {
      await story.until(`a slide ${name} comes`, async () => {
        if ((await screen.locator('.slide.shown h2').allInnerTexts()).some((text) => text.includes(name))) return true;
        await screen.keyboard.press('ArrowRight');
        return false;
      });
      const { scrolls, room } = await screen.locator('.slide.shown').evaluate((slide) => ({
        scrolls: slide.scrollHeight,
        room: slide.clientHeight,
      }));
      assert.ok(scrolls <= room + 2, `${name} fits the screen`);
    };
    await shown('找谁办');
    assert.match(await screen.locator('.slide.shown').innerText(), /0800-\d+/);
    await screenshot(screen, 'screen duties 1920');
    await shown('群众问');
    await screenshot(screen, 'screen answers 1920');
    await screen.reload();
    await screen.context().setOffline(true);
    await screen.reload();
    await shown('群众问');
    assert.match(await screen.locator('.slide.shown').innerText(), /答：/);
  },
);

inBrowser('going back and sending again asks once; a private answer is set right, and the asker deletes it all', PHONE, async (resident, _, another) => {
  const asked = '我家三楼的水费单子算得不对，多收了十八元。';
  const official = await another();
  await town.signIn(official, 'official');
  const name = await story.ownName(official);
  await resident.goto(town.url);
  const page = await resident.locator('a[href*="/person/"]', { hasText: name }).first().getAttribute('href');
  const person = page.match(/person\/([0-9a-f-]+)/)[1];
  await story.go(resident, `/question/new?person=${person}`);
  await resident.locator('#words').fill(asked);
  await resident.locator('input[name="public"][value="no"]').check();
  const send = () => story.press(resident, resident.locator('form[action$="/question/new"] button.main'));
  await send();
  const code = await story.codeOf(resident);
  await resident.goBack();
  assert.equal(await resident.locator('#words').inputValue(), asked);
  await send();
  assert.equal(await story.codeOf(resident), code, 'the form sent again is the same question');

  await answer(official, '水费单子', '已经核对，明天退十八元。');
  await official.locator('#correct summary').click();
  await official.locator('#corrected').fill('已经核对，后天退十八元。');
  await official.locator('#correct-reason').fill('日子写错了');
  await story.press(official, official.locator('#correct button'));
  assert.match(await official.locator('[role="status"]').innerText(), /已更正/);
  await look(resident, 'received again 360');

  await story.go(resident, `/pick-up/${code.replaceAll('-', '')}`);
  assert.match(await words(resident), /明天退十八元[\s\S]*后天退十八元/, 'the first answer stays beside it');
  await resident.locator('#forget summary').click();
  await resident.locator('#forget input[type="checkbox"]').check();
  await look(resident, 'forget 360');
  await story.press(resident, resident.locator('#forget button'));
  assert.doesNotMatch(await words(resident), /水费|十八元/);
  await look(resident, 'forgotten 360');
});
