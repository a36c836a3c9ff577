// A town of its own for a test file: the real program on a copy of the demonstration town.

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

import { startProgram } from './program.mjs';
import { seedFolder } from './seed.mjs';

// Without a handler a signal would end the process without its 'exit' event, which stops the program.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => process.exit(1));
}

/**
 * Starts a town and stops it after the last test of the file.
 *
 * `url` is the program's address, `signIns` maps a role to its login, password and sign-in page, and
 * `signIn(page, role)` takes a page through the sign-in form.
 */
export async function startTown() {
  const seed = await seedFolder();
  const folder = mkdtempSync(join(tmpdir(), 'shiji-town-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolder);
  cpSync(seed, folder, { recursive: true });

  const program = await startProgram(folder);
  after(async () => {
    await program.stop();
    removeFolder();
  });
  return {
    url: program.url,
    signIns: program.signIns,
    signIn: (page, role) => signIn(page, program, role),
  };
}

async function signIn(page, { url, signIns }, role) {
  const account = signIns.get(role);
  if (!account) {
    throw new Error(`no sign-in for the role ${role}; there are ${[...signIns.keys()].join(', ')}`);
  }
  const form = new URL(account.url, url);
  await page.goto(form.href);
  await page.locator('input[autocomplete="username"]').fill(account.login);
  const password = page.locator('input[autocomplete="current-password"]');
  await password.fill(account.password);
  await password.press('Enter');
  await page.waitForURL((now) => now.pathname !== form.pathname);
}
