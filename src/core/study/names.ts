// What a learner calls chapters, sections and goals: "RLHF", "the inference chapters", "VQVAE", "document Q&A".

import type { Chapter, Curriculum, Section } from '../curriculum.ts';
import { chaptersInOrder, chaptersOf } from '../curriculum.ts';
import { sectionTitle } from '../sectionTitle.ts';
import { stem, wordsOf } from '../search/words.ts';
import { authoredSubject } from './goals.ts';

/** Something of the curriculum that a text names. */
export interface Named {
  readonly kind: 'chapter' | 'goal' | 'section';
  readonly title: string;
  /** A word that may stand for something else altogether. */
  readonly vague: boolean;
  /** Where it is reached; of a chapter itself alone. */
  readonly chapters: readonly Chapter[];
  /** Where in the text it stands, in characters. */
  readonly start: number;
  readonly end: number;
}

/** What a text names, in the order of its words. */
export type NamesIn = (text: string) => Named[];

type Meant = Omit<Named, 'start' | 'end'>;

interface Entry {
  readonly meant: Meant;
  /** The lower, the likelier is this what is meant by the name. */
  readonly rank: number;
  /** Something else has that name too, and is nearly as likely. */
  readonly unclear?: true;
}

/** A chapter's first keywords are what it is about, its last ones what it mentions: so far apart two are told apart. */
const clearly = 0.05;

/** How much commoner a stem is in the field than in English, as a logarithm: what hardly stands for anything else. */
export type Technicality = (stem: string) => number;

/** Single words of the keywords are names from here on: those written like a name sooner than others. */
const technical = { name: 3.4, word: 3.5 };

/** Words of titles that say nothing about the subject. */
const filling = /\s+(models?|methods|techniques|recipes|hypotheses|nets)$/i;

/** Builds the dictionary of names. */
export function createNames(curriculum: Curriculum, technicality: Technicality): NamesIn {
  const dictionary = new Map<string, Entry>();
  let longest = 1;
  const add = (name: string, meant: Meant, rank: number): void => {
    const stems = tokens(name).map(({ term }) => term);
    if (stems.length === 0) return;
    for (const key of stems.length === 2 ? [stems.join(' '), stems.join('')] : [stems.join(' ')]) {
      const other = dictionary.get(key);
      if (other && other.meant.title !== meant.title && Math.abs(other.rank - rank) < clearly && rank >= 3) {
        dictionary.set(key, { ...other, unclear: true });
      } else if ((other?.rank ?? Infinity) > rank) dictionary.set(key, { meant, rank });
    }
    longest = Math.max(longest, stems.length);
  };

  for (const goal of curriculum.goals) {
    const { title, chapters } = authoredSubject(curriculum, goal);
    const [chapter, another] = chapters;
    // A goal of a single chapter is that chapter, in the learner's words.
    const meant: Meant =
      chapter && !another
        ? { kind: 'chapter', title: chapter.title, chapters, vague: false }
        : { kind: 'goal', title, chapters, vague: false };
    for (const name of [title, ...goal.names]) add(name, meant, 2);
  }
  for (const section of curriculum.sections) {
    for (const name of [section.title, `section ${section.number}`]) add(name, sectionMeant(curriculum, section), 1);
  }
  for (const chapter of chaptersInOrder(curriculum)) {
    // The words of the introduction are about studying, not about a subject that could be studied.
    if (chapter.prerequisites.length === 0 && isAboutStudying(chapter)) continue;
    const meant: Meant = { kind: 'chapter', title: chapter.title, chapters: [chapter], vague: false };
    for (const name of titleNames(chapter.title)) add(name, meant, 0);
    for (const [n, keyword] of chapter.keywords.entries()) {
      const stems = tokens(keyword);
      const least = isName(keyword) ? technical.name : technical.word;
      const vague = stems.length === 1 && !isName(keyword);
      if (stems.length > 1 || technicality(stems[0]?.term ?? '') >= least) {
        add(keyword, { ...meant, vague }, 3 + n / 100);
      }
    }
  }

  return (text) => {
    const words = tokens(text);
    const found: Named[] = [];
    for (let at = 0; at < words.length;) {
      const match =
        chapterAt(words, at, curriculum) ??
        longestMatch(words, at, longest, dictionary) ??
        sectionAt(words, at, curriculum);
      if (match)
        found.push({ ...match.meant, start: words[at]?.start ?? 0, end: words[at + match.length - 1]?.end ?? 0 });
      at += match?.length ?? 1;
    }
    return found;
  };
}

interface Token {
  readonly term: string;
  readonly start: number;
  readonly end: number;
  /** The word "chapter" itself, not "chapters". */
  readonly singularChapter: boolean;
}

const articles = new Set(['a', 'an', 'the', 'my', 'our', 'your', 'some']);

/** The stems of a text's words with their places, without articles. */
function tokens(text: string): Token[] {
  return [...text.matchAll(/[\p{L}\p{N}&+’']+/gu)].flatMap(({ 0: written, index }) =>
    wordsOf(written)
      .filter((word) => !articles.has(word))
      .map((word) => ({
        term: stem(word),
        start: index,
        end: index + written.length,
        singularChapter: word === 'chapter',
      })),
  );
}

function longestMatch(
  words: readonly Token[],
  at: number,
  longest: number,
  dictionary: ReadonlyMap<string, Entry>,
): { readonly meant: Meant; readonly length: number } | undefined {
  for (let length = Math.min(longest, words.length - at); length > 0; length--) {
    const key = words
      .slice(at, at + length)
      .map(({ term }) => term)
      .join(' ');
    const entry = dictionary.get(key);
    if (entry && !entry.unclear) return { meant: entry.meant, length };
  }
  return undefined;
}

/** "the interpretability chapter": the one whose title has the word, if it is one alone. */
function chapterAt(
  words: readonly Token[],
  at: number,
  curriculum: Curriculum,
): { readonly meant: Meant; readonly length: number } | undefined {
  const [word, next] = words.slice(at, at + 2);
  if (!word || !next?.singularChapter) return undefined;
  const [chapter, another] = chaptersInOrder(curriculum).filter(({ title }) =>
    tokens(title).some(({ term }) => term === word.term),
  );
  if (!chapter || another) return undefined;
  return { meant: { kind: 'chapter', title: chapter.title, chapters: [chapter], vague: false }, length: 2 };
}

const sectionWords = new Set(['chapter', 'section', 'part'].map(stem));

/** "the inference chapters": the section whose title has the word. */
function sectionAt(
  words: readonly Token[],
  at: number,
  curriculum: Curriculum,
): { readonly meant: Meant; readonly length: number } | undefined {
  const [word, next] = words.slice(at, at + 2);
  if (!word || !next || !sectionWords.has(next.term)) return undefined;
  const section = curriculum.sections.find(({ title, id }) =>
    tokens(`${title} ${id.replaceAll('-', ' ')}`).some(({ term }) => term === word.term),
  );
  return section && { meant: sectionMeant(curriculum, section), length: 2 };
}

function sectionMeant(curriculum: Curriculum, section: Section): Meant {
  return { kind: 'section', title: sectionTitle(section), chapters: chaptersOf(curriculum, section), vague: false };
}

/** A title and its parts: "LSTMs and GRUs" is also called "LSTMs", "Diffusion Models" also "diffusion". */
function titleNames(title: string): string[] {
  const plain = title.replace(/["“”]/g, '');
  const [, aside = ''] = /\((.+)\)/.exec(plain) ?? [];
  const main = plain.replace(/\s*\(.+\)/, '');
  const parts = main.split(/ and | with |, /);
  const whole = [main, aside, ...parts].filter((name) => name !== '');
  const short = whole.map((name) => name.replace(filling, ''));
  const nets = ['nets', 'networks'].flatMap((word) => whole.map((name) => name.replace(/neural networks$/i, word)));
  return [...whole, ...short, ...nets.filter((name) => /\s/.test(name))];
}

/** An acronym or a proper name as it is written: LoRA, T5, KV. */
function isName(keyword: string): boolean {
  return /^\S+$/.test(keyword) && /\p{Lu}.*\p{Lu}|\d|\p{Ll}\p{Lu}/u.test(keyword);
}

function isAboutStudying({ keywords }: Chapter): boolean {
  return keywords.some((keyword) => /^(study plan|learning path)$/i.test(keyword));
}
