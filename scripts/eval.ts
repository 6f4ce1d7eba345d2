// npm run eval -- FILE.jsonl [--json] [--show]
// Scores retrieval, refusal and the quoted answers on a file of questions. --show lists the questions that went wrong.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  parseQuestions,
  scoreRefusal,
  scoreRetrieval,
  type EvalOutcome,
  type EvalQuestion,
} from '../src/core/evaluation/score.ts';
import { openStudy, type Study } from '../src/store/openStudy.ts';
import { builtCurriculum } from './builtCurriculum.ts';

/** Puts one question to the companion, as the Ask view would. */
export async function evaluate(study: Study, { question: text, history = [] }: EvalQuestion): Promise<EvalOutcome> {
  const question = { text, history };
  const found = study.retrieve(question).ranked.map(({ passage }) => passage.chapterId);
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
  const [file] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  if (!file) throw new Error('Name a file of questions: npm run eval -- FILE.jsonl [--json] [--show]');
  const study = openStudy(await builtCurriculum());
  const questions = parseQuestions(readFileSync(file, 'utf8'));
  const scored = [];
  for (const question of questions) scored.push({ question, outcome: await evaluate(study, question) });

  const answerable = questions.some((question) => question.chapters);
  const score = answerable ? scoreRetrieval(scored) : scoreRefusal(scored);
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(score));
    return;
  }
  const { byType, ...all } = score;
  console.table({ all, ...byType });
  if (!process.argv.includes('--show')) return;
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
