// Each platform that a VSIX is made for has a binary of the engine, of the engine's own version and pinned by its hash.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { projectRoot } from '../../scripts/host/paths.mjs';
import { engineVersion } from '../../scripts/package/stageEngine.ts';
import { targets } from '../../scripts/package/targets.ts';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}

const { packages } = JSON.parse(await readFile(path.join(projectRoot, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};

test('the platforms are those that the companion is promised for', () => {
  assert.deepEqual(Object.keys(targets).sort(), [
    'darwin-arm64',
    'darwin-x64',
    'linux-arm64',
    'linux-x64',
    'win32-x64',
  ]);
});

for (const [target, name] of Object.entries(targets)) {
  test(`${target} gets the engine's own version, for its system and processor, pinned by its hash`, async () => {
    const locked = packages[`node_modules/${name}`];
    assert.equal(locked?.version, await engineVersion());
    assert.match(locked.integrity ?? '', /^sha512-[A-Za-z0-9+/]{86}==$/);
    const [system = '', processor = ''] = target.split('-');
    assert.deepEqual(locked.os, [system]);
    assert.ok(locked.cpu?.includes(processor), String(locked.cpu));
  });
}
