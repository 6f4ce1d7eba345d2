// @ts-check
import { existsSync } from 'node:fs';
import { run } from './command.mjs';

/** Whether packages can be installed here without asking anyone: Debian or its kin, as root. */
export const canAptInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** @param {readonly string[]} packages */
export async function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  console.log(`Installing ${packages.join(', ')} (apt-get) …`);
  await run('apt-get', ['update'], { env, quiet: true });
  await run('apt-get', ['install', '--yes', '--no-install-recommends', ...packages], { env, quiet: true });
}
