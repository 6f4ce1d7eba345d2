// What package.json promises and the code keeps.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { commandIds } from '../../src/vscode/commandIds.ts';

const root = new URL('../../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string; readonly icon?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly keybindings: readonly { readonly command: string; readonly when?: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly media: { readonly svg: string; readonly altText: string } }[];
    }[];
  };
};
const words = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
const { commands, menus, keybindings, walkthroughs } = manifest.contributes;

test('the commands contributed are the commands of the table', () => {
  assert.deepEqual(commands.map(({ command }) => command).sort(), [...commandIds].sort());
});

test('menus, keybindings and links name commands that are there', () => {
  const known = new Set<string>(commandIds);
  const named = [...Object.values(menus).flat(), ...keybindings].map(({ command }) => command);
  const linked = [...read('package.nls.json').matchAll(/command:(handbook\.\w+)/g)].map(([, id]) => id ?? '');
  assert.deepEqual(
    [...named, ...linked].filter((id) => !known.has(id)),
    [],
  );
});

test('every keybinding says when it holds', () => {
  assert.deepEqual(
    keybindings.filter(({ when }) => when === undefined),
    [],
  );
});

test('every text of the manifest is there, and none is left over', () => {
  const used = new Set([...read('package.json').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? ''));
  assert.deepEqual([...used].sort(), Object.keys(words).sort());
});

test('the settings that are read are the settings that are contributed', () => {
  const contributed = [...read('package.json').matchAll(/"(handbook\.[\w.]+)": \{\s*"type"/g)].map(([, id]) => id);
  const sources = ['settings.ts', 'model/modelSettings.ts', 'review/reviewSettings.ts']
    .map((file) => read(`src/vscode/${file}`))
    .join('');
  const used = [...sources.matchAll(/settings\.get\('([\w.]+)'\)/g)].map(([, id]) => `handbook.${id}`);
  assert.deepEqual(used.sort(), contributed.sort());
});

test('icons are codicons, and pictures are where the manifest says, coloured by the theme alone', () => {
  const codicons = read('node_modules/@vscode/codicons/dist/codicon.css');
  for (const { icon } of commands.filter((each) => each.icon)) {
    assert.ok(codicons.includes(`.codicon-${/^\$\((.+)\)$/.exec(icon ?? '')?.[1]}:before`), icon);
  }
  for (const { media } of walkthroughs.flatMap(({ steps }) => steps)) {
    assert.ok(existsSync(new URL(media.svg, root)), media.svg);
    assert.doesNotMatch(read(media.svg), /#[0-9a-f]{3,8}\b|rgba?\(/i);
  }
});
