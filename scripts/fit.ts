// npm run fit
// Fits the gates' weights to the questions in eval/ and prints them, with what they do on five held-out fifths: the handbook's
// (src/core/answer/gate.ts) and the library's (src/core/answer/savedGate.ts).

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { evidenceFeatures } from '../src/core/answer/gate.ts';
import { isOrder } from '../src/core/answer/orders.ts';
import { savedFeatures } from '../src/core/answer/savedGate.ts';
import { parseQuestions, type EvalQuestion } from '../src/core/evaluation/score.ts';
import { savedQuery, savedRetrieval } from '../src/core/search/savedRetrieval.ts';
import { inEnglish } from '../src/core/translate.ts';
import { openStudy } from '../src/store/openStudy.ts';
import { builtCurriculum } from './builtCurriculum.ts';
import { fit, heldOut, type Example } from './logistic.ts';
import { openSavedCorpus } from './savedCorpus.ts';

const path = (name: string): string => fileURLToPath(new URL(`../eval/${name}`, import.meta.url));
const study = openStudy(await builtCurriculum());

async function examplesOf(
  file: string,
  covered: boolean,
  features: (question: EvalQuestion) => Promise<number[]> | number[],
): Promise<Example[]> {
  const questions = parseQuestions(readFileSync(path(file), 'utf8')).filter(({ question }) => !isOrder(question));
  const examples: Example[] = [];
  for (const question of questions)
    examples.push({ features: [1, ...(await features(question))], covered, type: question.type });
  return examples;
}

function report(gate: string, examples: readonly Example[]): void {
  const weights = fit(examples).map((weight) => weight.toFixed(2));
  console.log(`${gate}: weights (bias first):`, weights.join(', '));
  const judged = heldOut(examples);
  const table = [0.3, 0.4, 0.5, 0.6, 0.7].map((threshold) => {
    const declined = (of: (example: Example) => boolean): string => {
      const group = judged.filter(of);
      return ((100 * group.filter(({ p }) => p < threshold).length) / group.length).toFixed(1);
    };
    return {
      threshold,
      'false refusals %': declined(({ covered }) => covered),
      'off-topic declined %': declined(({ type, covered }) => !covered && type === 'off-topic'),
      'near-domain declined %': declined(({ type, covered }) => !covered && type === 'near-domain'),
    };
  });
  console.table(table);
}

const ofHandbook = ({ question, history = [] }: EvalQuestion): number[] =>
  evidenceFeatures(question, study.retrieve({ text: question, history }));
report('handbook', [
  ...(await examplesOf('training-questions.jsonl', true, ofHandbook)),
  ...(await examplesOf('training-unanswerable.jsonl', false, ofHandbook)),
]);

const corpus = await openSavedCorpus();
const ofLibrary = async ({ question: text, history = [] }: EvalQuestion): Promise<number[]> => {
  const question = { text, history };
  const finds = await corpus.saved.find(savedQuery(question));
  return savedFeatures(text, savedRetrieval(question, finds, study.index, inEnglish));
};
report('library', [
  ...(await examplesOf('library-questions.jsonl', true, ofLibrary)),
  ...(await examplesOf('library-unanswerable.jsonl', false, ofLibrary)),
]);
await corpus.close();
