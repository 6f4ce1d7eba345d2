// What of the handbook a question is to be answered from: passages that were looked up, a whole chapter, or the passages of
// the quiz question that is being replied to.

import type { Turn } from '../answer.ts';
import { summaryAnchor, type Passage } from '../passages.ts';
import type { Question } from '../question.ts';
import type { Found, RankedPassage } from '../search/retrieve.ts';
import { awaitsReply, earlierTurns, wholeChapterOf } from './earlierTurns.ts';
import { wholeChapter } from './promptLayout.ts';
import { mostPassages as mostByMode } from './promptWords.ts';
import { asides, chooseSentences } from './sentences.ts';

export interface Material {
  /** The chapter to be read whole, in order, if it fits; and whether the question is about nothing else. */
  readonly chapter: readonly Passage[];
  readonly chapterAlone: boolean;
  /** Passages, best first. */
  readonly candidates: readonly RankedPassage[];
  readonly mostPassages: number;
}

/** How many passages from elsewhere join a chapter that is read whole. */
const beside = 2;

/** Whether what was typed isn't a question to be looked up: a reply to a quiz question, or words that only name a chapter's task. */
export function isUngated(question: Question): boolean {
  const { mode, about, turns = [], text } = question;
  return (
    (mode === 'quiz' && (awaitsReply(turns, text) || about?.text === '')) ||
    (mode === 'summarise' && about !== undefined)
  );
}

/**
 * Chooses the material.
 * @param ranked what was looked up, best first
 */
export function chooseMaterial(
  question: Question,
  found: Found,
  ranked: readonly RankedPassage[],
  passages: ReadonlyMap<string, Passage>,
): Material {
  const { mode = 'answer', turns = [], continued } = question;
  const most = mostByMode[mode];
  const chapterId = continued
    ? readWholeIn(continued)
    : (chapterAsked(question, ranked) ?? chapterBefore(question, found, ranked));
  const chapter = chapterId === undefined ? [] : wholeChapter(passages, chapterId);
  const chapterAlone = chapter.length > 0 && (mode === 'summarise' || mode === 'quiz');
  const again = continued ?? (mode === 'quiz' && awaitsReply(turns, question.text) ? turns.at(-1) : undefined);
  if (again) {
    const [{ passages: before } = { passages: [] }] = earlierTurns([again], passages);
    if (before.length > 0 || chapter.length > 0) {
      return { chapter, chapterAlone, candidates: alike(before), mostPassages: before.length };
    }
  }
  if (chapter.length === 0) {
    const telling = tellingFirst({ ...found, ranked });
    return {
      chapter,
      chapterAlone,
      candidates: withSelection(question, telling).slice(0, 2 * most),
      mostPassages: most,
    };
  }
  const elsewhere = ranked.filter(({ passage }) => !chapter.includes(passage)).slice(0, chapterAlone ? 0 : 2 * beside);
  return { chapter, chapterAlone, candidates: elsewhere, mostPassages: beside };
}

/** The material where the chapter is too long to be read whole: its passages as they were looked up, and others. */
export function withoutChapter({ chapter }: Material, question: Question, ranked: readonly RankedPassage[]): Material {
  const { mode = 'answer', turns = [] } = question;
  const most = mostByMode[mode];
  if (mode !== 'quiz')
    return { chapter: [], chapterAlone: false, candidates: ranked.slice(0, 2 * most), mostPassages: most };
  // Others each time, so that the questions differ.
  const telling = chapter.filter(({ anchor }) => anchor !== summaryAnchor);
  const asked = turns.filter((turn) => turn.mode === 'quiz').length;
  const next = telling
    .map((_, n) => telling[(n + asked) % telling.length] ?? telling[0])
    .flatMap((passage) => passage ?? []);
  return { chapter: [], chapterAlone: false, candidates: alike(next.slice(0, 2 * most)), mostPassages: most };
}

/** The chapter a question names as a whole; for a summary, if it names none, the one that was found. */
function chapterAsked({ about, mode = 'answer' }: Question, ranked: readonly RankedPassage[]): string | undefined {
  if (about) return about.text === '' || mode === 'summarise' ? about.chapterId : undefined;
  return mode === 'summarise' ? ranked[0]?.passage.chapterId : undefined;
}

/** The chapter that the conversation is about, as long as the questions stay there. */
function chapterBefore(
  { mode = 'answer', turns = [], scope }: Question,
  found: Found,
  ranked: readonly RankedPassage[],
): string | undefined {
  if (scope?.kind === 'library') return undefined;
  const chapterId = turns.map(readWholeIn).findLast((id) => id !== undefined);
  const stays = mode === 'quiz' || found.question.followUp || ranked[0]?.passage.chapterId === chapterId;
  return stays ? chapterId : undefined;
}

/** The chapter that was in the prompt of a turn; one that didn't fit then won't fit now. */
function readWholeIn(turn: Turn): string | undefined {
  const chapterId = wholeChapterOf(turn);
  if (chapterId === undefined || turn.declined) return undefined;
  const numbered = turn.seen?.passages.filter(({ number }) => number !== undefined) ?? turn.sources;
  return numbered.some(({ passageId }) => passageId === `${chapterId}#${summaryAnchor}`) ? chapterId : undefined;
}

/**
 * The passages that would be quoted come first: they hold the sentences that answer. Then the others, those that only point
 * elsewhere last. (In the training questions' facts that is worth two more passages.)
 */
function tellingFirst(found: Found): RankedPassage[] {
  const quoted = chooseSentences(found).map(({ from }) => from);
  const others = found.ranked.filter((ranked) => !quoted.includes(ranked));
  const [aside = [], rest = []] = [true, false].map((pointing) =>
    others.filter(({ passage }) => asides.has(passage.anchor) === pointing),
  );
  return [...quoted, ...rest, ...aside];
}

/** The passage that the selected words are from comes first. */
function withSelection({ about }: Question, ranked: readonly RankedPassage[]): readonly RankedPassage[] {
  if (!about || about.text === '') return ranked;
  const words = plain(about.text);
  const from = ranked.find(({ passage }) => {
    const text = plain([...passage.sentences.map((sentence) => sentence.text), passage.unquoted].join(' '));
    return passage.chapterId === about.chapterId && (text.includes(words) || words.includes(text));
  });
  return from
    ? [{ ...from, score: Math.max(from.score, ranked[0]?.score ?? 0) }, ...ranked.filter((other) => other !== from)]
    : ranked;
}

function plain(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}

function alike(passages: readonly Passage[]): RankedPassage[] {
  return passages.map((passage) => ({ passage, score: 1 }));
}

/** What will probably be in the prompt; whether all of it fits is known when the model can count. */
export function likelySources({ chapter, candidates, mostPassages }: Material): Passage[] {
  return [...chapter, ...candidates.slice(0, mostPassages).map(({ passage }) => passage)];
}
