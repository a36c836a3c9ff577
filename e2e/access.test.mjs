// Every page of every role, for old phones, keyboards and screen readers.

import assert from 'node:assert/strict';

import { expectNoAxeViolations, expectNoSidewaysScroll, inBrowser, screenshot } from './browser.mjs';
import { tabTo } from './keyboard.mjs';
import * as story from './story.mjs';
import { startTown } from './town.mjs';
import { expectValidHtml } from './valid.mjs';

const PAGES_MOST = 120;
const ROLES = ['reader', 'official', 'leader', 'clerk', 'chair', 'auditor', 'administrator'];

const town = await startTown();

/** Pages of the working side; the public ones are the same for everybody and are read as a reader. */
const WORKING = /\/(today|desk|leader|meeting|office|account|directives?|difficulties|plans|visit)(\/|$)/;
/** The log's own files, at the root of the site, and the read API are for tools. */
const NO_PAGE = /^\/log\/|\/api\/v1(\/|$)|\.(json|atom|ics|jpg|pdf|xlsx|zip)$|\/(assets|photo|evidence|en|[a-z]+-(large|plain))(\/|$)/;

/** Where everybody can begin besides the board, and what the crawl must have come by. */
const ALSO = { reader: ['/ask?q=盖房子找谁', '/question/new', '/pick-up', '/follow', '/data', '/now'] };
const REACHED = {
  reader: ['/ask', '/ask?q', '/questions', '/question/*', '/question/new', '/pick-up', '/follow', '/data', '/item/*',
    '/projects', '/project/*', '/orders', '/order/*', '/minutes/*', '/visits', '/visits/*', '/now'],
  official: ['/today', '/desk', '/desk/questions', '/desk/question/*', '/desk/readings', '/desk/projects', '/desk/project/*',
    '/directives', '/difficulties', '/desk/stuck', '/desk/stuck/*', '/plans', '/visit/*'],
  leader: ['/directives', '/directive/new', '/directive/*', '/difficulties'],
  chair: ['/directives', '/directive/*', '/difficulties/*'],
  clerk: ['/office/questions', '/office/terms', '/office/outgoing', '/office/spots', '/desk/question/*',
    '/office/projects/import', '/visit/*/notice'],
};

/** Pages of one kind differ only in ids, numbers and what was just done. */
function kindOf(url) {
  const query = url.searchParams.has('q') ? '?q' : '';
  const path = url.pathname.replace(/\/visits\/[^/]+/, '/visits/*');
  return path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, '*') + query;
}

/** The rest of an address behind place and language. */
function restOf(kind) {
  return `/${kind.split('/').slice(3).join('/')}`;
}

/** Opens the page and has the text checked that the program sent. */
async function open(page, url) {
  const answer = await page.goto(url.href);
  if (!/html/.test(answer.headers()['content-type'] ?? '')) return false;
  await expectValidHtml(await answer.text(), url.href);
  return true;
}

async function linksOf(page) {
  // A link within a drawing says its address otherwise.
  const links = await page.locator('a[href]').evaluateAll((all) => all.map((link) => new URL(link.getAttribute('href'), location.href).href));
  return links.map((link) => new URL(link)).filter((url) => url.origin === new URL(town.url).origin);
}

async function expectGoodPage(page) {
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
  assert.equal(await page.locator('h1').count(), 1, `${page.url()} has one first heading`);
  const title = await page.title();
  assert.ok(title && !title.startsWith(' '), `${page.url()} has a title`);
}

inBrowser('somebody asks the official, so that each page has a question', { width: 360 }, async (page, _, another) => {
  const official = await another();
  await town.signIn(official, 'official');
  const own = await story.ask(page, town.url, await story.ownName(official), '赶集那天街口能不能有人疏导一下？');
  await open(page, own);
  await expectGoodPage(page);
  await screenshot(page, 'own question 360');
});

// These come before anybody closes a week: the issue after that has hardly a word in it.
/** The first link to an item, a person, a question: what a reader would open. */
async function examples(page) {
  await page.goto(town.url);
  const item = await page.locator('.work .items a.no').first().getAttribute('href');
  const person = await page.locator('.person-head h3 a').first().getAttribute('href');
  await story.go(page, '/questions');
  const question = await page.locator('.card h3 a').first().getAttribute('href');
  await story.go(page, '/projects');
  const project = await page.locator('.card h3 a').first().getAttribute('href');
  const behind = (href) => restOf(new URL(href, town.url).pathname);
  return ['/', '/ask', '/ask?q=低保', '/archive', '/questions', '/question/new', '/pick-up', '/follow', '/data', '/log',
    '/projects', behind(project), behind(item), `${behind(item)}/thanks`, behind(person), behind(question)];
}

for (const look of ['large', 'plain']) {
  for (const options of [{ width: 360 }, { width: 360, colorScheme: 'dark' }, { width: 1280 }]) {
    const name = `${look} ${options.width}${options.colorScheme ? ' dark' : ''}`;
    inBrowser(`pages in another look can be read by everybody: ${name}`, options, async (page) => {
      const troubles = [];
      for (const rest of await examples(page)) {
        const url = new URL(`${story.place(page, '').replace(/(-\w+)?$/, `-${look}`)}${rest}`, town.url);
        await open(page, url).catch((error) => troubles.push(error.message));
        for (const details of await page.locator('main details:not([open]) > summary').all()) {
          if (await details.isVisible()) await details.click();
        }
        await expectGoodPage(page).catch((error) => troubles.push(error.message));
        await screenshot(page, `look ${name} ${kindOf(url)}`);
      }
      assert.deepEqual(troubles, []);
    });
  }
}

for (const width of [360, 1280]) {
  for (const role of ROLES) {
    inBrowser(
      `every page for the ${role} can be read by everybody at ${width} pixels`,
      { width, expected: [/status of 404/] },
      async (page) => {
        if (role === 'reader') await page.goto(town.url);
        else await town.signIn(page, role);
        const waiting = [new URL(page.url()), ...(ALSO[role] ?? []).map((rest) => new URL(story.place(page, rest), page.url()))];
        const seen = new Set();
        const troubles = [];
        while (waiting.length && seen.size < PAGES_MOST) {
          const url = waiting.shift();
          if (seen.has(kindOf(url)) || NO_PAGE.test(url.pathname)) continue;
          if (role !== 'reader' && !WORKING.test(url.pathname)) continue;
          seen.add(kindOf(url));
          const isPage = await open(page, url).catch((error) => troubles.push(`${kindOf(url)}: ${error.message}`));
          if (!isPage) continue;
          for (const details of await page.locator('main details:not([open]) > summary').all()) {
            if (await details.isVisible()) await details.click();
          }
          await expectGoodPage(page).catch((error) => troubles.push(`${kindOf(url)}: ${error.message}`));
          await screenshot(page, `${role} ${width} ${kindOf(url)}`);
          waiting.push(...(await linksOf(page)));
        }
        assert.deepEqual(troubles, []);
        assert.ok(seen.size > 1, `${role} has pages: ${[...seen].join(' ')}`);
        const reached = new Set([...seen].map(restOf));
        assert.deepEqual((REACHED[role] ?? []).filter((rest) => !reached.has(rest)), [], [...reached].join(' '));
        if (role === 'reader') assert.deepEqual(await page.context().cookies(), [], 'a reader is given no cookie');
      },
    );
  }

  inBrowser(
    `the states of a week can be read by everybody at ${width} pixels`,
    { width, expected: [/status of 4\d\d/] },
    async (page, _, another) => {
      await town.signIn(page, 'official');
      await expectGoodPage(page);
      const name = await story.ownName(page);
      await story.go(page, '/desk');
      await story.takeBack(page);
      await story.answerTheRestAsDone(page);
      await story.capture(page, `${width}号渠清淤300米\n做好日常工作`);
      await expectGoodPage(page);
      await story.file(page);
      await expectGoodPage(page);
      const stranger = await another();
      await stranger.goto(new URL(town.signIns.get('official').url, town.url).href);
      await stranger.locator('input[autocomplete="username"]').fill('nobody');
      await stranger.locator('input[autocomplete="current-password"]').fill('wrong password');
      await story.press(stranger, stranger.locator('main button'));
      await expectGoodPage(stranger);
      await stranger.goto(new URL('/nowhere/at/all', town.url).href);
      const chair = await another();
      await town.signIn(chair, 'chair');
      await story.openMeeting(chair);
      await expectGoodPage(chair);
      await story.show(chair, name);
      await expectGoodPage(chair);
      await story.sendBack(chair, '做好日常工作', '请写清是哪件事');
      await expectGoodPage(chair);
      await story.go(chair, '/meeting/screen');
      await expectGoodPage(chair);
      await story.go(page, '/desk');
      await expectGoodPage(page);
      await story.go(chair, '/meeting/close');
      await expectGoodPage(chair);
      await story.press(chair, chair.locator('form[action$="/meeting/close"] button'));
      await story.go(chair, '/meeting/minutes');
      await expectGoodPage(chair);
      await screenshot(chair, `minutes ${width}`);
    },
  );
}

inBrowser('a week is filed with the keyboard alone', { width: 1280 }, async (page) => {
  await town.signIn(page, 'official');
  await story.go(page, '/desk');
  const withdraw = 'form[action$="/desk/withdraw"] button';
  if (await page.locator(withdraw).count()) {
    await tabTo(page, withdraw);
    await story.thenLoads(page, () => page.keyboard.press('Enter'));
  }
  await tabTo(page, '#capture');
  await page.keyboard.type('检修石砻村水塔阀门2只');
  await tabTo(page, 'form.capture button');
  await story.thenLoads(page, () => page.keyboard.press('Enter'));
  while (await story.unanswered(page).count()) {
    await tabTo(page, 'form[data-answer]:not(:has([aria-pressed="true"])) .choice[value="done"]');
    await story.thenLoads(page, () => page.keyboard.press('Space'));
  }
  await tabTo(page, 'form.bar[action$="/desk/file"] button');
  await story.thenLoads(page, () => page.keyboard.press('Enter'));
  assert.equal(await story.stateOf(page), '已提交');
});
