// @ts-check
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { npm } from './command.mjs';
import { aptInstall, canAptInstall } from './debian.mjs';
import { node24 } from './node24.mjs';
import { cacheFolder } from './paths.mjs';
import { isAlive } from './processes.mjs';

// code-server 4.N is VS Code 1.N.
const VERSION = '4.139.1';
const NAME = `code-server-${VERSION}`;
const STAMP = 'installed.json';

const INSTALL = ['install', '--ignore-scripts', '--no-audit', '--no-fund'];

/**
 * code-server from npm: the VS Code that tests and `npm start` use where there is no desktop one. Its own install
 * script builds a dozen native modules; the five it can't run without are built here.
 *
 * @returns {Promise<string>} the path of its entry point, a Node 24 script
 */
export async function installCodeServer() {
  const home = path.join(cacheFolder, NAME);
  const entry = path.join(home, 'node_modules/code-server/out/node/entry.js');
  const isComplete = () => existsSync(path.join(home, STAMP));
  if (isComplete()) return entry;

  console.log(`Installing ${NAME} from npm: about 2 minutes and 600 MB, once …`);
  await removeAbandoned();
  // Built aside and renamed when complete, so that two runs at once don't see each other's half.
  const partial = path.join(cacheFolder, `${NAME}.partial-${process.pid}`);
  await installInto(partial);
  if (isComplete()) {
    await rm(partial, { recursive: true });
  } else {
    await rm(home, { recursive: true, force: true });
    await rename(partial, home);
  }
  return entry;
}

/** @param {string} folder */
async function installInto(folder) {
  const node = await node24();
  const env = {
    PATH: path.dirname(node.executable) + path.delimiter + process.env['PATH'],
    npm_config_nodedir: node.home,
  };
  await needCompiler();
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  await npm([...INSTALL, `code-server@${VERSION}`], folder, env);

  const codeServer = path.join(folder, 'node_modules/code-server');
  const vscode = path.join(codeServer, 'lib/vscode');
  await npm([...INSTALL, '--omit=dev'], vscode, env);
  await npm([...INSTALL, '--omit=dev'], path.join(vscode, 'extensions'), env);
  console.log('Building its native modules …');
  await npm(['rebuild', '@vscode/spdlog', '@vscode/native-watchdog', '@vscode/sqlite3', 'node-pty'], vscode, env);
  await npm(['rebuild', 'argon2'], codeServer, env);
  await writeFile(path.join(folder, STAMP), JSON.stringify({ version: VERSION }));
}

async function needCompiler() {
  const needed = ['g++', 'make', 'python3'];
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const missing = needed.filter((tool) => !folders.some((folder) => existsSync(path.join(folder, tool))));
  if (missing.length === 0) return;
  if (!canAptInstall) throw new Error(`Missing to build code-server's native modules: ${missing.join(', ')}`);
  await aptInstall(missing);
}

async function removeAbandoned() {
  for (const name of existsSync(cacheFolder) ? await readdir(cacheFolder) : []) {
    const pid = /\.partial-(\d+)$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) await rm(path.join(cacheFolder, name), { recursive: true, force: true });
  }
}
