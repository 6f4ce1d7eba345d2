// A vocabulary of any size that can be spoken: words like " badina". Every word of three or four syllables is one token,
// so that a text of such words has exactly as many tokens as words.

import { specialTokens } from '../../../scripts/specimen/modelShape.ts';
import { byteSpelling, type Vocabulary } from '../../../scripts/specimen/bytePairs.ts';

export interface SpokenVocabulary extends Vocabulary {
  /** The first token that is a whole word, and how many there are; their ids follow one another. */
  readonly firstWord: number;
  readonly words: number;
}

const vowels = 'aeiou'.split('');
// A syllable's place in a word can be told by its consonant: no two neighbouring syllables merge but from the left.
const consonants = ['bcdfghj', 'klmnpqr', 'stvwxz'].map((letters) => letters.split(''));
const space = 'Ġ';

/** A vocabulary of `size` tokens, the 256 bytes and the special tokens among them. Throws if that is too few or too many. */
export function spokenVocabulary(size: number): SpokenVocabulary {
  const tokens = [...byteSpelling];
  const merges: string[] = [];
  const learned = size - specialTokens.length;
  const merge = (left: string, right: string): string => {
    if (tokens.length < learned) {
      merges.push(`${left} ${right}`);
      tokens.push(left + right);
    }
    return left + right;
  };
  const syllables = (starts: readonly string[]): string[] =>
    starts.flatMap((start) => vowels.map((vowel) => merge(start, vowel)));
  const [first = [], second = [], third = []] = consonants;
  const beginnings = syllables(first.map((consonant) => merge(space, consonant)));
  const middles = syllables(second);
  const ends = syllables(third);
  const halves = beginnings.flatMap((beginning) => middles.map((middle) => merge(beginning, middle)));
  const firstWord = tokens.length;
  if (firstWord >= learned) throw new Error(`${size} tokens are too few to make words of`);
  const whole = halves.flatMap((half) => ends.map((end) => merge(half, end)));
  for (const word of whole) for (const middle of middles) if (tokens.length < learned) merge(word, middle);
  if (tokens.length < learned) throw new Error(`There are no ${size} tokens to be made of syllables`);
  return {
    tokens: [...tokens, ...specialTokens],
    merges,
    special: new Map(specialTokens.map((text, index) => [text, tokens.length + index])),
    firstWord,
    words: tokens.length - firstWord,
  };
}

/** The word that is token `id`, without the space before it. */
export function wordOf({ tokens }: SpokenVocabulary, id: number): string {
  return (tokens[id] ?? '').slice(space.length);
}
