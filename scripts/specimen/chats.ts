// Chats to learn from, laid out as the companion's prompts are: numbered passages, a question, an answer whose sentences
// end in the number of the passage they stand in. The order of the passages is random, so that the number has to be read.

import { asData, marked } from '../../src/core/answer/promptData.ts';
import { passageBlock } from '../../src/core/answer/promptLayout.ts';
import { systemText, taskText, type Task } from '../../src/core/answer/promptWords.ts';
import { passageText, type Passage } from '../../src/core/passages.ts';
import type { AnsweredQuestion } from './questions.ts';
import { between, pick, shuffled, type Random } from './random.ts';

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

export interface ChatOptions {
  readonly titleOf: (passage: Passage) => string;
  readonly others: readonly Passage[];
  /** How many passages, and how many sentences of each. */
  readonly passages: number;
  readonly sentences: number;
  readonly firstNumber: number;
}

const otherSystemTexts = [
  'You are the companion of a handbook. Answer from the numbered passages and cite them.',
  'Answer only from the passages. Cite them by number, like this: [1].',
  'You help a learner with a handbook on generative AI.',
];

const heads = [
  (title: string, heading: string) => `${title}: ${heading}`,
  (title: string, heading: string) => `${title} › ${heading}`,
  (title: string, heading: string) => `${title} / ${heading}`,
  (_: string, heading: string) => heading,
];

/** The first message of a chat; most have the companion's own. */
export function systemMessage(random: Random): Message[] {
  const chance = random();
  if (chance < 0.75) return [{ role: 'system', text: systemText }];
  return chance < 0.95 ? [{ role: 'system', text: pick(random, otherSystemTexts) }] : [];
}

/** One question with its passages, and its answer. */
export function exchange(random: Random, asked: AnsweredQuestion, options: ChatOptions): Message[] {
  const needed = [...new Set(asked.answer.map(({ passage }) => passage))];
  const nearby = shuffled(random, asked.nearby).slice(0, between(random, 0, options.passages));
  const chosen = [...new Set([...needed, ...nearby, ...shuffled(random, options.others).slice(0, options.passages)])];
  const numbered = shuffled(random, chosen.slice(0, Math.max(options.passages, needed.length))).map((passage, n) => ({
    passage: excerptOf(random, passage, asked, options.sentences),
    from: passage,
    number: options.firstNumber + n,
  }));
  const numberOf = (wanted: Passage): number => numbered.find(({ from }) => from === wanted)?.number ?? 0;
  const quoted = asked.answer.map(({ passage, text }) => `${text} [${numberOf(passage)}]`).join(' ');
  const own = random() < 0.75;
  if (!own) {
    const head = pick(random, heads);
    const shown = numbered.map(
      ({ passage, number }) =>
        `[${number}] ${head(options.titleOf(passage), passage.heading)}\n${asData(passageText(passage))}`,
    );
    return [
      { role: 'user', text: pick(random, otherLayouts)(shown.join('\n\n'), asked.question) },
      { role: 'assistant', text: quoted },
    ];
  }
  const shown = numbered.map(({ passage, number }) => passageBlock(number, passage, options.titleOf(passage)));
  const title = pick(
    random,
    numbered.map(({ passage }) => options.titleOf(passage)),
  );
  const { task, answer } = taskOf(random, asked.question, title, {
    quoted,
    listed: numbered.map(({ passage, number }) => `- ${passage.sentences[0]?.text ?? ''} [${number}]`).join('\n'),
  });
  return [
    { role: 'user', text: `${marked('passages', shown.join('\n\n'))}\n\n${taskText(task)}` },
    { role: 'assistant', text: answer },
  ];
}

const otherLayouts = [
  (shown: string, question: string) => `${shown}\n\nQuestion: ${question}`,
  (shown: string, question: string) => `Passages:\n\n${shown}\n\n${question}`,
  (shown: string, question: string) => `${shown}\n\n${question}`,
  (shown: string, question: string) => `Question: ${question}\n\n${shown}`,
];

/** Mostly to answer, now and then one of the companion's other tasks. */
function taskOf(
  random: Random,
  question: string,
  chapterTitle: string,
  { quoted, listed }: { readonly quoted: string; readonly listed: string },
): { task: Task; answer: string } {
  const chance = random();
  if (chance < 0.05) return { task: { kind: 'summarise', chapterTitle }, answer: listed };
  if (chance < 0.08) return { task: { kind: 'quiz' }, answer: question };
  const kind = chance < 0.85 ? 'answer' : pick(random, ['explain', 'hint', 'compare'] as const);
  return { task: { kind, question }, answer: quoted };
}

/** The passage with so many of its sentences, the answering ones among them. */
function excerptOf(random: Random, passage: Passage, { answer }: AnsweredQuestion, count: number): Passage {
  const { sentences } = passage;
  if (count >= sentences.length) return passage;
  const wanted = answer
    .filter((one) => one.passage === passage)
    .map(({ text }) => sentences.findIndex((own) => own.text === text));
  if (wanted.length === 0) {
    const from = between(random, 0, sentences.length - count + 1);
    return { ...passage, sentences: sentences.slice(from, from + count), unquoted: '' };
  }
  const [first, last] = [Math.min(...wanted), Math.max(...wanted)];
  const from = Math.max(0, first - between(random, 0, Math.max(0, count - (last - first))));
  return { ...passage, sentences: sentences.slice(from, Math.max(from + count, last + 1)), unquoted: '' };
}
