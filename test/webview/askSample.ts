// An answer of a model, rendered by the real renderer, and what goes with it.

import type { AnswerBlock, Seen, SeenPassage, Turn } from '../../src/core/answer.ts';
import { createAnswerBlocks } from '../../src/core/answer/answerBlocks.ts';
import { createCitationStream } from '../../src/core/answer/citationStream.ts';
import type { ModelLine } from '../../src/protocol/ask.ts';
import { sources, turn } from './sample.ts';

export const modelName = 'Qwen2.5 1.5B Instruct';
export const noModel: ModelLine = { state: 'none', name: '' };
export const readyModel: ModelLine = { state: 'ready', name: modelName };

/** The blocks of a model's Markdown; what it says without a citation has no support. `said` is what sources say of it. */
export function blocksOf(markdown: string, said = new Map<number, string>()): AnswerBlock[] {
  const stream = createCitationStream((number) => sources.some((source) => source.number === number));
  const blocks = createAnswerBlocks((_text, citations) => ({
    citations,
    support: citations.length > 0 ? 'supported' : 'unsupported',
    said,
  }));
  const parts = [...stream.append(markdown), ...stream.flush()];
  const made: AnswerBlock[] = [];
  for (const { index, block } of [...blocks.append(parts), ...blocks.flush()]) made[index] = block;
  return made;
}

export const markdown = `A model with 7 billion weights takes **28 GB** at 32 bits a weight [1]. That is why everybody quantises.

#### What it saves

| Format | Bits a weight [2] | Memory [1] | Quality against the model it was made of [3] |
|---|---:|---:|---|
| F16 [2] | 16 [2] | 14 GB [1] | the same, as far as anybody can tell [3] |
| Q4_0 [2] | 4.5 [2] | 3.9 GB [1] | a little worse [3] |

The step of a group follows from its largest weight [3]:

$$ s = \\frac{\\max_i |w_i|}{2^{b-1} - 1}, \\qquad q_i = \\operatorname{round}\\left(\\frac{w_i}{s}\\right), \\qquad \\hat w_i = s\\, q_i $$

\`\`\`python
scale = weights.abs().max() / 7  # one scale for each group of thirty-two weights
quantised = (weights / scale).round()
\`\`\`

- One outlier makes the step larger for *all* weights of its group [3].
- Layers can also stay in main memory [4][1].`;

const passage = (number: number, more: Partial<SeenPassage> = {}): SeenPassage => ({
  passageId: sources[number - 1]?.passageId ?? '',
  chapterTitle: sources[number - 1]?.chapterTitle ?? '',
  heading: sources[number - 1]?.heading ?? '',
  score: 1 / number,
  tokens: 180 + 7 * number,
  number,
  ...more,
});

const leftOut = (heading: string, why: NonNullable<SeenPassage['leftOut']>): SeenPassage => ({
  passageId: 'parameter-quantization#more',
  chapterTitle: 'Parameter Quantization',
  heading,
  score: 0.13,
  tokens: 412,
  leftOut: why,
});

export const seen: Seen = {
  model: modelName,
  context: 4096,
  prompt: 1310,
  reused: 980,
  reserved: 512,
  passages: [
    passage(1),
    passage(2),
    passage(3),
    passage(4),
    leftOut('A worked example with seven weights', 'no-room'),
    leftOut('Misconceptions', 'low-score'),
  ],
  earlierTurns: 2,
  droppedTurns: 3,
};

export const modelTurn: Turn = {
  ...turn,
  id: 'turn-m',
  question: 'What does quantisation save?',
  mode: 'explain',
  scope: { kind: 'handbook' },
  speaker: 'model',
  sentences: [],
  blocks: blocksOf(markdown),
  thought: 'The learner asks what is saved.\nI look at the passages about memory first.',
  seen,
};
