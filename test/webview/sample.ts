// A chapter with everything in it, rendered by the real build, and a conversation about it.

import { readFileSync } from 'node:fs';
import { chapterText } from '../../src/core/book/chapterText.ts';
import { figureHtml } from '../../src/core/book/figure.ts';
import { curriculumMarkdown } from '../../src/core/book/markdown.ts';
import { termMarkers } from '../../src/core/book/terms.ts';
import { texStyleSheet } from '../../src/core/book/tex.ts';
import type { Passage } from '../../src/core/passages.ts';
import type { Conversation, Source, Turn } from '../../src/protocol/ask.ts';
import type { ReaderChapter, ReaderMarks, ReaderResource } from '../../src/protocol/reader.ts';

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
const texStyleNames = new Map<string, string>();
const report = (line: number, message: string): never => {
  throw new Error(`${line}: ${message}`);
};
const text = chapterText('quantisation', fixture('quantisation.md'), 1, {
  markdown: curriculumMarkdown(),
  texStyles: texStyleNames,
  figure: ({ file, alternative }) => figureHtml(fixture(file), alternative, report),
  markTerms: termMarkers([
    {
      term: 'outlier',
      aliases: [],
      definition: 'A value far larger than the others <of its kind>.',
      passageId: 'quantisation#elsewhere',
    },
  ])(),
  report,
});

export const texStyles = texStyleSheet(texStyleNames);
export const passages: readonly Passage[] = text.passages;

const resource = (id: string, title: string, more: Partial<ReaderResource> = {}): ReaderResource => ({
  id,
  title,
  creators: 'Tim Dettmers, Mike Lewis, Younes Belkada, Luke Zettlemoyer',
  kind: 'paper',
  host: 'arxiv.org',
  year: 2022,
  level: 'advanced',
  access: 'free',
  minutes: 90,
  note: 'Best for seeing why a few outlier features decide what 8-bit inference costs.',
  arxiv: true,
  ...more,
});

export const chapter: ReaderChapter = {
  id: 'parameter-quantization',
  title: 'Parameter Quantization',
  sectionTitle: 'VI. Performance Optimizations for Efficient Inference',
  status: 'full',
  summary: 'How a model’s weights are stored in fewer bits, what that saves, and what it costs in quality.',
  objectives: [
    'Compute the memory a model’s weights take at a given number of bits',
    'Explain why outliers decide the step of a quantiser',
    'Choose a format for a machine with 8, 16 or 32 GB of memory',
  ],
  minutes: 75,
  html: text.html,
  headings: text.headings,
  prerequisites: [
    { id: 'decoder-only-transformers', title: 'Decoder-Only Transformers' },
    { id: 'low-rank-adapters-lora', title: 'Low-Rank Adapters (LoRA)' },
  ],
  leadsTo: [{ id: 'cpu-offloading', title: 'CPU Offloading' }],
  previous: { id: 'section-6', title: 'Mixture of Experts' },
  next: { id: 'speculative-decoding', title: 'Speculative Decoding' },
  resources: [
    resource('llm-int8-paper', 'LLM.int8(): 8-bit Matrix Multiplication for Transformers at Scale'),
    resource('merve-blog', 'Introduction to Quantization', {
      creators: 'Merve Noyan',
      kind: 'blog',
      host: 'huggingface.co',
      year: 2023,
      level: 'intro',
      minutes: 15,
      note: '',
      arxiv: false,
    }),
    resource('course', 'A Course behind a Counter', {
      kind: 'course',
      host: 'example.org',
      access: 'paywalled',
      level: 'intermediate',
      minutes: 0,
    }),
  ],
};

export const marks: ReaderMarks = {
  chapter: 'skimmed',
  resources: { 'llm-int8-paper': 'doing', 'merve-blog': 'done' },
  chapters: { 'decoder-only-transformers': 'studied', 'low-rank-adapters-lora': 'skimmed' },
};

/** The sentence of a passage that contains `words`. */
export function sentenceWith(anchor: string, words: string): string {
  const passage = passages.find((found) => found.anchor === anchor);
  const sentence = passage?.sentences.find((found) => found.text.includes(words));
  if (!sentence) throw new Error(`no sentence with "${words}" in ${anchor}`);
  return sentence.text;
}

const source = (number: number, anchor: string, heading: string, excerpt: string): Source => ({
  number,
  passageId: `parameter-quantization#${anchor}`,
  chapterId: 'parameter-quantization',
  chapterTitle: 'Parameter Quantization',
  heading,
  excerpt,
  score: 1 / number,
});

export const sources: readonly Source[] = [
  source(
    1,
    'why',
    'Why it matters',
    'A model with 7 billion weights takes 28 GB of memory at 32 bits a weight. Most laptops have 16 GB.',
  ),
  source(
    2,
    'formats',
    'Formats',
    'Bits a weight aren’t whole numbers, because the steps of the groups are stored too.',
  ),
  source(
    3,
    'outliers',
    'Outliers',
    'One weight a hundred times larger than the others makes the step a hundred times larger too.',
  ),
  {
    ...source(
      4,
      'brief',
      'In brief',
      'CPU offloading keeps some of a model’s layers in main memory and computes them there.',
    ),
    passageId: 'cpu-offloading#brief',
    chapterId: 'cpu-offloading',
    chapterTitle: 'CPU Offloading',
  },
];

export const turn: Turn = {
  id: 'turn-1',
  question: 'Will a 7B model fit into my laptop with 8 GB?',
  askedAt: 1_760_000_000_000,
  coverage: 'covered',
  speaker: 'quotation',
  sources,
  sentences: [
    {
      text: 'Quantisation stores each weight in 8 or 4 bits instead, so that the same model fits in 7 GB or 3.5 GB.',
      html: 'Quantisation stores each weight in 8 or 4 bits instead, so that the same model fits in 7 GB or <strong>3.5 GB</strong>.',
      citations: [1],
    },
    {
      text: 'Bits a weight aren’t whole numbers, because the steps of the groups are stored too.',
      html: 'Bits a weight aren’t whole numbers, because the steps of the groups are stored too.',
      citations: [2, 3],
    },
  ],
  ended: 'finished',
};

export const declinedTurn: Turn = {
  ...turn,
  id: 'turn-2',
  question: 'How do I renew my passport in Lyon?',
  coverage: 'not-covered',
  sources: sources.slice(0, 2),
  sentences: [],
  declined: { reason: 'not-covered', missing: ['passport', 'Lyon'] },
};

export const conversation: Conversation = {
  id: 'conversation-1',
  title: 'Will a 7B model fit into my laptop',
  startedAt: turn.askedAt,
  turns: [turn],
};

export const kept = [
  { id: 'conversation-1', title: conversation.title, startedAt: conversation.startedAt, turns: 1 },
  {
    id: 'conversation-0',
    title: 'What is the difference between GRUs and LSTMs when the sequences are long?',
    startedAt: 1_759_000_000_000,
    turns: 4,
  },
];

export const suggestions = [
  'why does my 4-bit model still need so much memory?',
  'what is a kv cache and why does it grow',
  'is rlhf the same as dpo?',
];
