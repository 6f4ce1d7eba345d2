// The VSIX for this machine: what is in it, and that its engine works where nothing else is.

import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { hostTarget, targets } from '../../scripts/package/targets.ts';
import { projectRoot } from '../../scripts/host/paths.mjs';
import { automaticSettings } from '../../src/core/model/engineSettings.ts';
import type { ModelCard } from '../../src/core/model/language.ts';
import { installGpu } from '../../src/model/binaries/installGpu.ts';
import { selfTest } from '../../src/model/binaries/selfTest.ts';
import { openModel } from '../../src/model/client.ts';
import type { OpenModelOptions } from '../../src/model/client.ts';
import { honest, startRegistry } from '../model/binaries/registry.ts';
import { specimen } from '../model/specimen/specimen.ts';
import { entriesOf } from './unzip.ts';
import type { ZipEntry } from './unzip.ts';

const target = hostTarget();
let own: string;
let said: string;
let archive: Buffer;
let entries: readonly ZipEntry[];
/** Where the extension is unpacked, far from the checkout's packages. */
let extension: string;

before(async () => {
  own = await mkdtemp(path.join(tmpdir(), 'vsix-'));
  const vsix = path.join(own, 'companion.vsix');
  said = await output(process.execPath, [path.join(projectRoot, 'scripts/package.ts'), '--out', vsix]);
  archive = await readFile(vsix);
  entries = entriesOf(archive);
  extension = path.join(own, 'installed', 'extension');
  for (const { name, mode, content } of entries) {
    const file = path.join(own, 'installed', name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content());
    if (mode & 0o111) await chmod(file, 0o755);
  }
});

after(async () => {
  await rm(own, { recursive: true, force: true });
});

function output(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd: own, env }, (error, stdout, stderr) => {
      if (error) reject(new Error(stdout + stderr, { cause: error }));
      else resolve(stdout + stderr);
    });
  });
}

test('vsce has nothing to warn of', () => {
  assert.match(said, /DONE/);
  assert.doesNotMatch(said, /WARN|ERROR/);
});

test('it is at most 25 MB', () => {
  assert.ok(archive.length <= 25e6, `${archive.length} bytes`);
});

test('it is for this platform and holds this platform’s binary only', () => {
  assert.ok(target);
  const manifest =
    entries
      .find(({ name }) => name === 'extension.vsixmanifest')
      ?.content()
      .toString() ?? '';
  assert.match(manifest, new RegExp(`TargetPlatform="${target}"`));
  const places = entries.map(({ name }) => name).filter((name) => name.includes('@node-llama-cpp/'));
  const names = new Set(places.map((name) => /@node-llama-cpp\/[^/]+/.exec(name)?.[0]));
  assert.deepEqual([...names], [targets[target]]);
  const binaries = entries.filter(({ name }) => /\.(?:node|so|dll|dylib)$/.test(name));
  assert.ok(binaries.length > 3);
  assert.ok(binaries.every(({ name }) => name.startsWith(`extension/dist/node_modules/${targets[target]}/bins/`)));
});

test('no sources, maps, types, tests or documents of packages get in', () => {
  const names = entries.map(({ name }) => name);
  assert.deepEqual(names.filter((name) => /\.(?:map|ts|bundle|cpp|md|gguf)$/.test(name)).sort(), [
    'extension/changelog.md',
    'extension/readme.md',
  ]);
  assert.deepEqual(
    names.filter((name) => /\/(?:test|src|scripts|curriculum\/.*\.md|templates|addon)\//.test(name)),
    [],
  );
});

test('every package that is in it is named with its licence', () => {
  const notices =
    entries
      .find(({ name }) => name.endsWith('THIRD-PARTY-NOTICES.txt'))
      ?.content()
      .toString() ?? '';
  for (const name of [
    'node-llama-cpp',
    'llama.cpp',
    'lifecycle-utils',
    'lunr',
    'katex',
    '@vscode/webview-ui-toolkit',
  ]) {
    assert.match(notices, new RegExp(`^={80}\\n${name}[ ,]`, 'm'), name);
  }
  assert.match(notices, /Copyright \(c\) 2023-2026 The ggml authors/);
});

test('the engine starts from what was unpacked, with no other package and no network in reach', async () => {
  const script = path.join(extension, 'dist', 'try.mjs');
  await writeFile(
    script,
    `import { getLlama, LlamaGrammar } from 'node-llama-cpp';
     const llama = await getLlama({ gpu: ${process.platform === 'darwin' ? "'auto'" : 'false'}, build: 'never', skipDownload: true, progressLogs: false, maxThreads: 1 });
     const grammar = await LlamaGrammar.getFor(llama, 'json');
     console.log(JSON.stringify({ place: import.meta.resolve('node-llama-cpp'), type: llama.buildType, grammar: grammar !== undefined }));
     await llama.dispose();
     process.exit(0);`,
  );
  const [command, ...args] = [...withoutNetwork(), process.execPath, script] as const;
  const found = JSON.parse(await output(command, args, clean())) as Readonly<Record<string, unknown>>;
  assert.match(String(found['place']), /\/installed\/extension\/dist\/node_modules\/node-llama-cpp\/dist\/index\.js$/);
  assert.equal(found['type'], 'prebuilt');
  assert.equal(found['grammar'], true);
});

test('its model process loads the specimen and answers, on the engine that was unpacked', async () => {
  const { answer, specimenLoaded } = await answered();
  assert.equal(specimenLoaded, true);
  assert.match(answer, /\w/);
});

test('with an engine for a GPU laid over it that finds none, the processor answers, and the log says so', async () => {
  // The engine that came with the companion and a package without a binary that would start.
  await using registry = await startRegistry(honest);
  const { release, choice } = registry;
  const engineModules = path.join(extension, 'dist/node_modules');
  const folder = path.join(own, 'engine');
  const onProgress = (): void => undefined;
  const installed = await installGpu(
    { release, choice, engineModules, folder, onProgress },
    AbortSignal.timeout(30_000),
  );
  assert.equal(installed.type, 'installed');

  const trial = await selfTest(
    {
      entry: path.join(extension, 'dist/gpu-trial.mjs'),
      gpu: 'vulkan',
      folder: installed.folder,
      timeoutMs: 60_000,
      log: () => undefined,
    },
    AbortSignal.timeout(60_000),
  );
  assert.equal(trial.type, 'fails');
  assert.match(trial.why, /found no GPU .* The processor computes the answers/);

  const { answer, gpu, log } = await answered({
    settings: { ...automaticSettings, gpu: 'vulkan' },
    engineFolder: installed.folder,
  });
  assert.match(answer, /\w/);
  assert.equal(gpu, 'none');
  assert.match(log, /GPU.*the CPU is used/);
});

/** What the unpacked extension's model process makes of a question. */
async function answered(more: Partial<OpenModelOptions> = {}): Promise<{
  readonly answer: string;
  readonly specimenLoaded: boolean;
  readonly gpu: ModelCard['gpu'];
  readonly log: string;
}> {
  const stop = AbortSignal.timeout(60_000);
  const lines: string[] = [];
  const client = await openModel(
    {
      entry: path.join(extension, 'dist/model.mjs'),
      runFolder: path.join(own, 'run'),
      stateFolder: path.join(own, 'states'),
      stateQuota: 1e8,
      file: await specimen('q8_0'),
      kind: 'chat',
      settings: { ...automaticSettings, gpu: 'off' },
      idleMs: 10_000,
      loadTimeoutMs: 60_000,
      silenceMs: 60_000,
      log: (level, line) => void lines.push(`${level}: ${line}`),
      onLoading: () => undefined,
      ...more,
    },
    stop,
  ).catch((error: unknown) => {
    throw new Error(lines.join('\n'), { cause: error });
  });
  try {
    const texts: string[] = [];
    const messages = [{ role: 'user', text: 'What is attention?' }] as const;
    for await (const event of client.generate({ messages, maxTokens: 16, priority: 'foreground' }, stop)) {
      if (event.type === 'text') texts.push(event.text);
    }
    const { specimen: specimenLoaded, gpu } = client.card;
    return { answer: texts.join(''), specimenLoaded, gpu, log: lines.join('\n') };
  } finally {
    await client.end();
  }
}

/** Where the system lets us: a command that runs another one without any network. */
function withoutNetwork(): readonly string[] {
  const command = ['unshare', '--map-root-user', '--net', '--'];
  return spawnSync('unshare', [...command.slice(1), process.execPath, '--version']).status === 0 ? command : [];
}

/** Nothing that leads to the checkout's packages. */
function clean(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:NODE|npm)_/i.test(name)));
}
