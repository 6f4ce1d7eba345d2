// npm run eval -- FILE.jsonl [--scope chapter|library|all] [--json] [--show]
// Scores retrieval, refusal and the quoted answers on a file of questions. --show lists the questions that went wrong. With
// --scope the questions are put to the chapter that answers them alone, to the documents of eval/library, or to the handbook
// and those.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Scope } from '../src/core/answer.ts';
import {
  parseQuestions,
  scoreRefusal,
  scoreRetrieval,
  type EvalOutcome,
  type EvalQuestion,
} from '../src/core/evaluation/score.ts';
import { parseSavedPassageId } from '../src/core/library/savedPassage.ts';
import { openStudy, type Study } from '../src/store/openStudy.ts';
import { builtCurriculum } from './builtCurriculum.ts';
import { openSavedCorpus } from './savedCorpus.ts';

/** Puts one question to the companion, as the Ask view would. */
export async function evaluate(
  study: Study,
  { question: text, history = [] }: EvalQuestion,
  scope: Scope = { kind: 'handbook' },
  documentName: (documentId: string) => string = (id) => id,
): Promise<EvalOutcome> {
  const question = { text, history, scope };
  const { found: looked } = await study.lookUp(question);
  const found = looked.ranked.map(({ passage: { id, chapterId } }) => {
    const saved = parseSavedPassageId(id);
    return saved ? documentName(saved.documentId) : chapterId;
  });
  let declined = false;
  let planned: readonly string[] = [];
  let sources: readonly string[] = [];
  const sentences: string[] = [];
  for await (const event of study.answer(question)) {
    if (event.type === 'declined') declined = true;
    if (event.type === 'sources') sources = event.sources.map(({ chapterId }) => chapterId);
    if (event.type === 'sentence') {
      sentences.push(event.sentence.text);
      // A way through the handbook isn't looked up: its chapters are those that the answer names.
      if (event.speaker === 'plan') planned = sources;
    }
  }
  return { chapters: [...new Set([...planned, ...found])], declined, answer: sentences.join(' ') };
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { scope: { type: 'string' }, json: { type: 'boolean' }, show: { type: 'boolean' } },
  });
  const [file] = positionals;
  const kind = (['handbook', 'chapter', 'library', 'all'] as const).find(
    (each) => each === (values.scope ?? 'handbook'),
  );
  if (!file || !kind) {
    throw new Error(
      'Name a file of questions: npm run eval -- FILE.jsonl [--scope chapter|library|all] [--json] [--show]',
    );
  }
  const folder = await builtCurriculum();
  const corpus = kind === 'library' || kind === 'all' ? await openSavedCorpus() : undefined;
  const study = openStudy(folder, undefined, undefined, corpus?.saved);
  const questions = parseQuestions(readFileSync(file, 'utf8'));
  const scored = [];
  for (const question of questions) {
    const scope: Scope =
      kind === 'chapter' ? { kind, chapterId: question.chapters?.[0] ?? '', chapterTitle: '' } : { kind };
    scored.push({ question, outcome: await evaluate(study, question, scope, corpus?.nameOf) });
  }
  await corpus?.close();

  const answerable = questions.some((question) => question.chapters);
  const score = answerable ? scoreRetrieval(scored) : scoreRefusal(scored);
  if (values.json) {
    console.log(JSON.stringify(score));
    return;
  }
  const { byType, ...all } = score;
  console.table({ all, ...byType });
  if (!values.show) return;
  for (const { question, outcome } of scored) {
    const right = answerable
      ? !outcome.declined && question.chapters?.includes(outcome.chapters[0] ?? '')
      : outcome.declined;
    if (!right)
      console.log(
        `${question.type}: ${question.question}\n   ${outcome.declined ? 'declined; ' : ''}${outcome.chapters.slice(0, 5).join(', ')}`,
      );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}
