// A person at a browser: each test gets a fresh profile, and fails for whatever the page complained about.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { chromium } from 'playwright-core';

import { output } from './output.mjs';

const LOOK_LIMIT_MS = 10_000;

// The browser has business with the program alone; without these flags it calls its maker's hosts at each start.
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

const WCAG_2_2_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let launched;

function browser() {
  launched ??= chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: QUIET,
  });
  return launched;
}

after(async () => (await launched)?.close());

/**
 * A test with a page of its own; `body` gets the page, the test's context, and `another`, which opens a page for
 * another person: a profile of its own, with its own options, watched for complaints like the first.
 *
 * Options: `width` and `height` in CSS pixels; `language` as the browser sends it; `script: false` for a browser
 * without JavaScript; `colorScheme`; `expected`, patterns of complaints that belong to what is tested (the browser
 * reports the 422 of a refused form as an error, for example).
 *
 * Errors on the console, breaches of the content security policy among them, uncaught exceptions and failed
 * requests fail the test. A failing test leaves a screenshot.
 */
export function inBrowser(name, options, body) {
  const { width = 1280, height = 800, language = 'zh-CN', script = true, colorScheme, expected = [] } = options;
  test(name, async (context) => {
    const opened = await browser();
    const complaints = [];
    const profiles = [];
    const another = async (theirs = {}) => {
      const own = { width, height, language, script, colorScheme, ...theirs };
      const profile = await opened.newContext({
        colorScheme: own.colorScheme,
        javaScriptEnabled: own.script,
        locale: own.language,
        timezoneId: 'Asia/Shanghai',
        viewport: { width: own.width, height: own.height },
      });
      profiles.push(profile);
      profile.setDefaultTimeout(LOOK_LIMIT_MS);
      profile.on('page', (page) => gatherComplaints(page, complaints));
      return profile.newPage();
    };
    const page = await another();
    try {
      await body(page, context, another);
      const unexpected = complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)));
      assert.deepEqual(unexpected, [], 'the browser complained');
    } catch (error) {
      await screenshot(page, `failed ${name}`).catch(() => {});
      throw error;
    } finally {
      await Promise.all(profiles.map((profile) => profile.close()));
    }
  });
}

function gatherComplaints(page, complaints) {
  page.on('console', (message) => {
    if (message.type() === 'error') {
      complaints.push(`console: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    // Leaving a page ends its event stream and unfinished images: nothing is wrong then.
    if (reason !== 'net::ERR_ABORTED') {
      complaints.push(`request: ${reason} (${request.url()})`);
    }
  });
}

/** Keeps the whole page as output/<name>.png. */
export async function screenshot(page, name) {
  mkdirSync(output, { recursive: true });
  const file = join(output, `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.png`);
  await page.screenshot({ path: file, fullPage: true });
  return file;
}

/** Fails with each breach of WCAG 2.2 A and AA that axe finds, and the elements that commit it. */
export async function expectNoAxeViolations(page) {
  const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  await page.evaluate(await readFile(axe, 'utf8'));
  const violations = await page.evaluate(async (tags) => {
    const result = await globalThis.axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
    return result.violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map((node) => node.target.join(' ')) }));
  }, WCAG_2_2_AA);
  assert.deepEqual(violations, [], `axe found breaches on ${page.url()}`);
}

/** Fails when the page is wider than the screen, naming elements that stick out. */
export async function expectNoSidewaysScroll(page) {
  const { excess, elements } = await page.evaluate(() => {
    const screen = document.documentElement.clientWidth;
    const elements = [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > screen + 0.5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`)
      .slice(0, 10);
    return { excess: document.documentElement.scrollWidth - screen, elements };
  });
  assert.ok(excess <= 0, `${page.url()} is ${excess} pixels wider than the screen: ${elements.join(', ')}`);
}
