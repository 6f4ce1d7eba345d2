import type { AnswerMode } from '../../src/protocol/ask.ts';

interface ModeWords {
  readonly label: string;
  readonly placeholder: string;
  /** Works on a whole chapter: one is needed, and nothing need be typed: this is then the question. */
  readonly ofChapter?: string;
}

/** The ways to be answered, in the order they are offered. */
export const modes: Readonly<Record<AnswerMode, ModeWords>> = {
  answer: { label: 'Answer', placeholder: 'Ask about the handbook' },
  explain: { label: 'Explain simpler', placeholder: 'What should be explained in simpler words?' },
  hint: { label: 'Hint first', placeholder: 'What would you like a hint for?' },
  compare: { label: 'Compare', placeholder: 'What should be compared?' },
  summarise: {
    label: 'Summarise this chapter',
    placeholder: 'Press Enter to summarise the chapter',
    ofChapter: 'Summarise this chapter',
  },
  quiz: {
    label: 'Quiz me',
    placeholder: 'Press Enter for a question, or type your answer to the last one',
    ofChapter: 'Quiz me',
  },
};

export const modeNames = Object.keys(modes) as readonly AnswerMode[];
