import type { Turn } from '../answer.ts';
import type { WrittenAnswer } from './earlierTurns.ts';
import type { AnswerMemory } from './modelParts.ts';

const remembered = 64;

/** The memory of one window; shared by all answerers so that a conversation's evaluated state stays of use. */
export function createAnswerMemory(): AnswerMemory {
  const answers = new Map<string, WrittenAnswer>();
  const keyOf = (blocks: Turn['blocks']): string => (blocks ?? []).map(({ markdown }) => markdown).join('\n\n');
  return {
    recall: ({ blocks }) => answers.get(keyOf(blocks)),
    keep: (blocks, written) => {
      answers.set(keyOf(blocks), written);
      for (const oldest of [...answers.keys()].slice(0, answers.size - remembered)) answers.delete(oldest);
    },
  };
}
