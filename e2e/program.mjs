// Starts the real program and reads what it says of itself.
//
// `shiji demo --porcelain` prints, one a line and nothing else on standard output:
//   sign-in <role> <login> <password> <url>
//   listening http://127.0.0.1:<port>

import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';

import { output } from './output.mjs';

const START_LIMIT_MS = 300_000;
const STOP_LIMIT_MS = 10_000;

/** Where the program under test lies. */
export function programFile() {
  const file = process.env.SHIJI_BIN;
  if (!file) {
    throw new Error('SHIJI_BIN must name the program; `cargo xtask e2e` builds it and sets it');
  }
  return file;
}

/**
 * Runs the demonstration on the data in `folder`; resolves once it listens. What it writes to standard error is
 * kept in output/<test file>.log.
 */
export async function startProgram(folder, extraArguments = []) {
  mkdirSync(output, { recursive: true });
  const log = join(output, `${basename(process.argv[1])}.log`);
  const logFile = openSync(log, 'w');
  const child = spawn(
    programFile(),
    ['demo', '--porcelain', '--data', folder, '--listen', '127.0.0.1:0', ...extraArguments],
    { stdio: ['ignore', 'pipe', logFile] },
  );
  closeSync(logFile);
  const killAtExit = () => child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const ended = new Promise((resolve) => child.once('close', resolve));

  const stop = async () => {
    child.kill('SIGTERM');
    const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(impatience);
    process.off('exit', killAtExit);
  };

  try {
    return { ...(await untilListening(child)), stop };
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${readFileSync(log, 'utf8').slice(-4_000)}`, { cause: error });
  }
}

function untilListening(child) {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(
      () => reject(new Error(`the program did not listen within ${START_LIMIT_MS / 1000} s`)),
      START_LIMIT_MS,
    );
    const settle = (act, value) => {
      clearTimeout(limit);
      act(value);
    };
    const signIns = new Map();
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [word, ...rest] = line.trim().split(/\s+/);
      if (word === 'sign-in') {
        const [role, login, password, url] = rest;
        signIns.set(role, { login, password, url });
      } else if (word === 'listening') {
        settle(resolve, { url: rest[0], signIns });
      }
    });
    child.once('error', (error) => settle(reject, error));
    child.once('exit', (code, signal) =>
      settle(reject, new Error(`the program ended (${signal ?? code}) before it listened`)),
    );
  });
}
