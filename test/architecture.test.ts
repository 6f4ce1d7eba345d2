// Guards the rooms: core ← protocol ← (model, library, store) ← vscode ← extension.ts; webview on protocol only.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Which rooms a room may import, besides itself. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  core: [],
  protocol: ['core'],
  model: ['core', 'protocol'],
  library: ['core', 'protocol'],
  store: ['core', 'protocol'],
  vscode: ['core', 'protocol', 'model', 'library', 'store'],
  mcp: ['core', 'protocol', 'library', 'store'],
  extension: ['core', 'protocol', 'model', 'library', 'store', 'vscode'],
  webview: ['protocol'],
};

/** Packages that only some files may import. */
const packages: Readonly<Record<string, (file: string) => boolean>> = {
  vscode: (file) => file.startsWith('src/vscode/') || file === 'src/extension.ts',
  lunr: (file) => file.startsWith('src/core/search/'),
  yaml: (file) => file.startsWith('src/core/book/'),
  'markdown-it': (file) =>
    ['src/core/book/', 'src/core/answer/', 'src/library/extract/', 'src/core/study/noteHtml.ts'].some((place) =>
      file.startsWith(place),
    ),
  '@vscode/markdown-it-katex': (file) => file.startsWith('src/core/book/'),
  katex: (file) => file.startsWith('src/core/book/') || file === 'src/core/answer/formulaHtml.ts',
  'highlight.js': (file) => file.startsWith('src/core/book/') || file === 'src/core/answer/answerMarkdown.ts',
  '@modelcontextprotocol/sdk': (file) => file.startsWith('src/mcp/'),
  'ipaddr.js': (file) => file === 'src/core/library/publicAddress.ts',
  undici: (file) => file === 'src/library/fetch/network.ts',
  fflate: (file) => /^src\/store\/\w*[aA]nkiPackage\.ts$/.test(file),
  'ts-fsrs': (file) => file === 'src/core/study/schedule.ts',
  'approx-string-match': (file) => file === 'src/core/study/findPlace.ts',
  'node-llama-cpp': (file) => file.startsWith('src/model/engine/'),
  '@dagrejs/dagre': (file) => file === 'webview/map/layout.ts',
  dompurify: (file) => file === 'webview/document/safeHtml.ts',
  '@observablehq/plot': (file) => file.startsWith('webview/dashboard/'),
  'pdfjs-dist': (file) => file.startsWith('src/library/extract/') || file.startsWith('webview/pdf/'),
  '@mozilla/readability': (file) => file.startsWith('src/library/extract/'),
  linkedom: (file) => file.startsWith('src/library/extract/'),
  '@citation-js/core': (file) => file === 'src/library/bibliography/bibtexReferences.ts',
  '@citation-js/plugin-bibtex': (file) => file === 'src/library/bibliography/bibtexReferences.ts',
  parse5: (file) => file.startsWith('src/library/extract/'),
  '@vscode/webview-ui-toolkit': (file) => file === 'webview/controls.ts',
};

interface Import {
  readonly file: string;
  readonly target: string;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.split(sep).join('/')}`)
    .filter((name) => name.endsWith('.ts'));
}

const files = [...sourceFiles('src'), ...sourceFiles('webview')];

/** Every import of every file, type-only and dynamic ones included. */
const imports: Import[] = files.flatMap((file) =>
  ts.preProcessFile(readFileSync(join(root, file), 'utf8'), true, true).importedFiles.map(({ fileName }) => ({
    file,
    target: fileName.startsWith('.')
      ? relative(root, resolve(root, dirname(file), fileName))
          .split(sep)
          .join('/')
      : fileName,
  })),
);

function roomOf(file: string): string {
  const [top = '', room = ''] = file.split('/');
  return top === 'src' ? room.replace(/\.ts$/, '') : top;
}

test('every file stands in a known room', () => {
  assert.deepEqual(
    files.filter((file) => !(roomOf(file) in rooms)),
    [],
  );
});

test('a room imports only rooms to its left', () => {
  const wrong = imports.filter(({ file, target }) => {
    if (!/^(src|webview)\//.test(target)) return false;
    const from = roomOf(file);
    const to = roomOf(target);
    return from !== to && !rooms[from]?.includes(to);
  });
  assert.deepEqual(wrong, []);
});

test('core, protocol and the pages import nothing of Node', () => {
  const wrong = imports.filter(
    ({ file, target }) => ['core', 'protocol', 'webview'].includes(roomOf(file)) && target.startsWith('node:'),
  );
  assert.deepEqual(wrong, []);
});

test('packages stay where they belong', () => {
  const wrong = imports.filter(({ file, target }) => {
    if (target.startsWith('node:') || /^(src|webview|package\.json)/.test(target)) return false;
    const name = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : (target.split('/')[0] ?? '');
    return !(packages[name]?.(file) ?? false);
  });
  assert.deepEqual(wrong, []);
});

test('the wires are types only', () => {
  const values = files
    .filter((file) => file.startsWith('src/protocol/'))
    .filter((file) => {
      const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest);
      return source.statements.some(
        (statement) =>
          !ts.isInterfaceDeclaration(statement) &&
          !ts.isTypeAliasDeclaration(statement) &&
          !(ts.isImportDeclaration(statement) && statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) &&
          !(ts.isExportDeclaration(statement) && statement.isTypeOnly),
      );
    });
  assert.deepEqual(values, []);
});

test('no imports go in a circle', () => {
  const edges = Map.groupBy(
    imports.filter(({ target }) => /^(src|webview)\//.test(target)),
    ({ file }) => file,
  );
  const state = new Map<string, 'open' | 'done'>();
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    assert.notEqual(state.get(file), 'open', `circle: ${[...path, file].join(' → ')}`);
    state.set(file, 'open');
    for (const { target } of edges.get(file) ?? []) visit(target, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of files) visit(file, []);
});

test('no file passes 300 lines', () => {
  const long = files.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 300);
  assert.deepEqual(long, []);
});
