// A year of the demonstration town takes a while to make and is the same for every test file, so it is made once
// per build of the program and day, kept in output/, and copied for each town.

import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { output } from './output.mjs';
import { programFile, startProgram } from './program.mjs';

/** The folder of a finished demonstration town; to be copied, never written to. */
export async function seedFolder() {
  // The open week of the demonstration follows the day, so yesterday's town would be a late one.
  const today = new Date().toISOString().slice(0, 10);
  const { mtimeMs, size } = statSync(programFile());
  const name = `seed-${today}-${size}-${Math.floor(mtimeMs)}`;
  const folder = join(output, name);
  if (existsSync(folder)) return folder;

  mkdirSync(output, { recursive: true });
  for (const stale of readdirSync(output).filter((entry) => entry.startsWith('seed-'))) {
    rmSync(join(output, stale), { recursive: true, force: true });
  }
  const making = mkdtempSync(join(output, 'making-'));
  try {
    const program = await startProgram(making, ['--fresh']);
    await program.stop();
    renameSync(making, folder);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    // Another test file may have finished the same town first.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
