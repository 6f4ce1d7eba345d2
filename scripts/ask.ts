// npm run ask -- [--model FILE] "question" ["follow-up" …]
// Prints the answer that the Ask view would give, with its citations: quoted, or written by a model of the learner's.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { declineText } from '../src/core/answer/declineText.ts';
import { createAnswerMemory, createModelAnswerer } from '../src/core/answer/modelAnswerer.ts';
import type { Source, Turn } from '../src/core/answer.ts';
import { automaticSettings } from '../src/core/model/engineSettings.ts';
import type { Answerer } from '../src/core/question.ts';
import { inEnglish } from '../src/core/translate.ts';
import { beginTurn, continueTurn } from '../src/core/turn.ts';
import { openModel, type ModelClient } from '../src/model/client.ts';
import { openStudy, type Study } from '../src/store/openStudy.ts';
import { builtCurriculum } from './builtCurriculum.ts';
import { projectRoot } from './host/paths.mjs';

const { values, positionals: questions } = parseArgs({
  allowPositionals: true,
  options: { model: { type: 'string' } },
});
if (questions.length === 0) {
  console.error('Ask something: npm run ask -- "why is decoding memory bound?"');
  process.exit(1);
}
const study = openStudy(await builtCurriculum());
const { signal } = new AbortController();

if (values.model === undefined) await askAll(study.answer);
else {
  const folder = await mkdtemp(path.join(tmpdir(), 'ask-'));
  const client = await openModel(
    {
      entry: path.join(projectRoot, 'src/model/main.ts'),
      runFolder: path.join(folder, 'run'),
      file: path.resolve(values.model),
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
    await askAll(writtenBy(client, study));
  } finally {
    await client.end();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whoever answers with a model. */
function writtenBy(
  client: ModelClient,
  { curriculum, index, passages, retrieve, lookUp, answer: quote }: Study,
): Answerer {
  return createModelAnswerer({
    curriculum,
    index,
    passages,
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
    let turn = beginTurn(String(n), text, Date.now());
    for await (const event of answer({ text, history: questions.slice(0, n), turns })) turn = continueTurn(turn, event);
    turns.push({ ...turn, ended: 'finished' });
    print(turn);
  }
}

function print({ coverage, sources, sentences, blocks = [], declined, fallback, seen }: Turn): void {
  if (fallback !== undefined) console.log(`${fallback}\n`);
  if (declined) {
    console.log(declineText(declined, undefined, inEnglish));
    if (sources.length > 0) console.log('\nThe nearest passages:');
  } else if (coverage === 'partly') console.log('The handbook covers this only in part. What it says:\n');
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
