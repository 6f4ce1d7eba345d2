// How well the library's gate decides, on the questions and documents of eval/: what the README states, with a margin.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { evaluate } from '../../../scripts/eval.ts';
import { openSavedCorpus, type SavedCorpus } from '../../../scripts/savedCorpus.ts';
import type { Scope } from '../../../src/core/answer.ts';
import { parseQuestions, scoreRefusal, scoreRetrieval } from '../../../src/core/evaluation/score.ts';
import { openStudy, type Study } from '../../../src/store/openStudy.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const questions = (name: string) => parseQuestions(readFileSync(`${root}/eval/${name}.jsonl`, 'utf8'));
interface Scored {
  readonly question: ReturnType<typeof questions>[number];
  readonly outcome: Awaited<ReturnType<typeof evaluate>>;
}

let corpus: SavedCorpus;
let study: Study;

before(async () => {
  corpus = await openSavedCorpus();
  study = openStudy(`${root}/dist/curriculum`, undefined, undefined, corpus.saved);
});
after(() => corpus.close());

async function scored(name: string, kind: Exclude<Scope['kind'], 'chapter'>): Promise<Scored[]> {
  const all: Scored[] = [];
  for (const question of questions(name))
    all.push({ question, outcome: await evaluate(study, question, { kind }, corpus.nameOf) });
  return all;
}

test('questions that a document answers are answered, from that document', async () => {
  const { falseRefusalRate, recallAt1 } = scoreRetrieval(await scored('library-questions', 'library'));
  assert.ok(falseRefusalRate <= 0.1, `declined: ${falseRefusalRate}`);
  assert.ok(recallAt1 >= 0.95, `right document first: ${recallAt1}`);
});

test('questions that no document answers are declined', async () => {
  const { byType } = scoreRefusal(await scored('library-unanswerable', 'library'));
  assert.ok((byType['off-topic']?.refusalRate ?? 0) >= 0.83, `off-topic: ${byType['off-topic']?.refusalRate}`);
  assert.ok((byType['near-domain']?.refusalRate ?? 0) >= 0.85, `near: ${byType['near-domain']?.refusalRate}`);
});

test('beside a library the handbook’s questions are answered as before', async () => {
  const alone = await scored('training-questions', 'handbook');
  const beside = await scored('training-questions', 'all');
  for (const [n, { question, outcome }] of alone.entries()) {
    if (!outcome.declined) assert.equal(beside[n]?.outcome.declined, false, question.question);
  }
  const [before, now] = [scoreRetrieval(alone), scoreRetrieval(beside)];
  assert.ok(now.factRecall >= before.factRecall - 0.01, `facts: ${before.factRecall}, then ${now.factRecall}`);
  assert.ok(
    now.recallAt1 >= before.recallAt1 - 0.02,
    `right chapter first: ${before.recallAt1}, then ${now.recallAt1}`,
  );
});
