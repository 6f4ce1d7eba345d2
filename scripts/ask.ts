// npm run ask -- [--model FILE] [--library FILE …] [--scope handbook|library|all] "question" ["follow-up" …]
// Prints the answer that the Ask view would give, with its citations: quoted, or written by a model of the learner's; from
// the handbook, from files that are read for it, or from both.

import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { declineText } from '../src/core/answer/declineText.ts';
import { createAnswerMemory, createModelAnswerer } from '../src/core/answer/modelAnswerer.ts';
import type { Scope, Source, Turn } from '../src/core/answer.ts';
import { problemWords } from '../src/core/library/problemWords.ts';
import { automaticSettings } from '../src/core/model/engineSettings.ts';
import type { Answerer } from '../src/core/question.ts';
import { inEnglish } from '../src/core/translate.ts';
import { beginTurn, continueTurn } from '../src/core/turn.ts';
import { openModel, type ModelClient } from '../src/model/client.ts';
import { openStudy, type Study } from '../src/store/openStudy.ts';
import { builtCurriculum } from './builtCurriculum.ts';
import { projectRoot } from './host/paths.mjs';
import { openTemporaryLibrary, type TemporaryLibrary } from './temporaryLibrary.ts';

/** What is read of a folder. */
const readable = /\.(?:md|markdown|txt|html?|pdf|vtt|srt)$/i;

const usage = `Ask something: npm run ask -- [--model FILE] [--library FILE] [--scope handbook|library|all] "why is decoding memory bound?"
--library may be given several times: files and folders with Markdown, pages, PDFs, transcripts, which are asked in place of the handbook.`;

const { values, positionals: questions } = parseArgs({
  allowPositionals: true,
  options: { model: { type: 'string' }, library: { type: 'string', multiple: true }, scope: { type: 'string' } },
});
const kind = (['handbook', 'library', 'all'] as const).find(
  (each) => each === (values.scope ?? (values.library ? 'library' : 'handbook')),
);
if (questions.length === 0 || !kind || (kind !== 'handbook' && !values.library)) {
  console.error(usage);
  process.exit(1);
}
// Whoever wanted the first lines only, as `head` does, has gone: what was opened is still to be closed.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
const scope: Scope = { kind };
const { signal } = new AbortController();
const library = values.library && (await readLibrary(values.library));
try {
  const study = openStudy(await builtCurriculum(), undefined, undefined, library?.saved);
  if (values.model === undefined) await askAll(study.answer);
  else await withModel(path.resolve(values.model), (client) => askAll(writtenBy(client, study)));
} finally {
  await library?.close();
}

/** Reads files and what lies in folders; ends with a word to whoever asks if one can't be read. */
async function readLibrary(places: readonly string[]): Promise<TemporaryLibrary> {
  try {
    const files = places.flatMap((place) =>
      statSync(place).isDirectory()
        ? readdirSync(place, { withFileTypes: true }).flatMap((entry) =>
            entry.isFile() && readable.test(entry.name) ? [path.join(place, entry.name)] : [],
          )
        : [place],
    );
    const read = await openTemporaryLibrary(files, (file) => path.basename(file));
    for (const { file, problem } of read.unread) console.error(`${file}: ${problemWords(problem, inEnglish)}`);
    return read;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

/** Opens the model for as long as `use` takes. */
async function withModel(file: string, use: (client: ModelClient) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ask-'));
  const client = await openModel(
    {
      entry: path.join(projectRoot, 'src/model/main.ts'),
      runFolder: path.join(folder, 'run'),
      file,
      kind: 'chat',
      settings: automaticSettings,
      stateFolder: path.join(folder, 'states'),
      stateQuota: 2 ** 28,
      idleMs: 0,
      loadTimeoutMs: 120_000,
      silenceMs: 60_000,
      log: (level, line) => {
        if (level === 'error') console.error(line);
      },
      onLoading: () => undefined,
    },
    signal,
  );
  try {
    await use(client);
  } finally {
    await client.end();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whoever answers with a model. */
function writtenBy(
  client: ModelClient,
  { curriculum, index, passages, saved, retrieve, lookUp, answer: quote }: Study,
): Answerer {
  return createModelAnswerer({
    curriculum,
    index,
    passages,
    saved,
    retrieve,
    lookUp,
    quote,
    model: {
      name: client.card.name,
      open: async function* () {
        return Promise.resolve({
          contextTokens: client.card.contextTokens,
          thinks: client.card.thinks,
          countTokens: (texts) => client.countTokens(texts, signal),
          generate: (request) => client.generate(request, signal),
        });
      },
    },
    memory: createAnswerMemory(),
    t: inEnglish,
  });
}

async function askAll(answer: Answerer): Promise<void> {
  const turns: Turn[] = [];
  for (const [n, text] of questions.entries()) {
    if (questions.length > 1) console.log(`${n > 0 ? '\n' : ''}> ${text}\n`);
    let turn = beginTurn(String(n), text, Date.now(), { scope });
    for await (const event of answer({ text, history: questions.slice(0, n), turns, scope }))
      turn = continueTurn(turn, event);
    turns.push({ ...turn, ended: 'finished' });
    print(turn);
  }
}

function print({ coverage, sources, sentences, blocks = [], declined, fallback, seen }: Turn): void {
  if (fallback !== undefined) console.log(`${fallback}\n`);
  if (declined) {
    console.log(declineText(declined, scope, inEnglish));
    if (sources.length > 0) console.log('\nThe nearest passages:');
  } else if (coverage === 'partly') console.log('Only a part of this is covered. What there is:\n');
  for (const { text, citations, step } of sentences)
    console.log(`${step === undefined ? '' : `${step}. `}${text} ${citations.map((number) => `[${number}]`).join('')}`);
  console.log(blocks.map(({ markdown }) => markdown).join('\n\n'));
  sources.forEach(printSource);
  if (seen)
    console.log(`\n${seen.model}: ${seen.prompt} of ${seen.context} tokens, ${seen.reused} of them known already`);
}

function printSource({ number, chapterTitle, heading, passageId }: Source): void {
  console.log(`[${number}] ${chapterTitle} › ${heading} (${passageId})`);
}
