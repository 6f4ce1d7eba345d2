// The MCP server's process: `node dist/mcp.cjs [progress.db]`, spoken to over stdin and stdout. It needs nothing of VS Code
// and opens no connection; without a database it serves the handbook with no progress. What the learner has saved
// is searched if there is a library beside that database.

import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { noProgress } from '../core/progress.ts';
import { readCurriculum } from '../store/curriculumFiles.ts';
import { openStudy } from '../store/openStudy.ts';
import { openStore } from '../store/store.ts';
import { savedSource } from './savedSource.ts';
import { handbookServer, type ToolDescription } from './server.ts';

// The bundle lies in dist, beside the curriculum and one below the manifest, which describes the tools.
const dist = import.meta.dirname;
const manifest = JSON.parse(readFileSync(join(dist, '../package.json'), 'utf8')) as {
  readonly version: string;
  readonly contributes: { readonly languageModelTools: readonly ToolDescription[] };
};
// VS Code puts the words in place of the manifest's keys for itself only.
const words = JSON.parse(readFileSync(join(dist, '../package.nls.json'), 'utf8')) as Readonly<Record<string, string>>;
const tools = manifest.contributes.languageModelTools.map((tool) => ({
  ...tool,
  displayName: tool.displayName.replace(/^%(.+)%$/, (key, name: string) => words[name] ?? key),
}));
const folder = join(dist, 'curriculum');
const curriculum = readCurriculum(folder);
const [, , database = ''] = process.argv;
// The library stands beside the progress.
const saved = savedSource(join(dirname(database), 'library', 'library.db'), report);
const { lookUp, passages } = openStudy(folder, undefined, undefined, saved);
const store = existsSync(database)
  ? openStore({
      path: database,
      now: Date.now,
      newId: randomUUID,
      report,
    }).store
  : undefined;

const server = handbookServer({
  version: manifest.version,
  tools,
  study: () => ({ curriculum, lookUp, passages, progress: store?.progress() ?? noProgress }),
  report,
});
server.onclose = () => {
  store?.dispose();
};
await server.connect(new StdioServerTransport());

/** Stdout carries the protocol; programs that start servers keep what comes on stderr in their log. */
function report(problem: unknown): void {
  process.stderr.write(`${problem instanceof Error ? (problem.stack ?? problem.message) : String(problem)}\n`);
}
