// Valid HTML as the standard has it, checked without the network: the text that the program sent, not what a browser
// made of it.

import assert from 'node:assert/strict';

import { HtmlValidate, StaticConfigLoader } from 'html-validate';

const checker = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ['html-validate:standard', 'html-validate:document', 'html-validate:a11y'],
    rules: {
      // Matters of taste, not of validity.
      'long-title': 'off',
      'no-trailing-whitespace': 'off',
      'void-style': 'off',
      'tel-non-breaking': 'off',
      'no-implicit-button-type': 'off',
      'require-sri': 'off',
      // A scrolling table has a role and a name so that the keyboard can reach it; it is no section of the page.
      'prefer-native-element': ['error', { exclude: ['region'] }],
      // In a week that is over, nobody is left to be reminded: the form around the table has nothing to send.
      'wcag/h32': 'off',
    },
  }),
);

/** Fails with each breach, its line and its rule. */
export async function expectValidHtml(text, url) {
  const report = await checker.validateString(text, new URL(url).pathname);
  const found = report.results
    .flatMap((result) => result.messages)
    .map(({ ruleId, message, line, column, selector }) => `${ruleId}: ${message} (${line}:${column} ${selector ?? ''})`);
  assert.deepEqual([...new Set(found)].slice(0, 12), [], `invalid HTML on ${url}`);
}
