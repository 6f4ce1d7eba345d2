// Which sentences to quote: those that hold most of the question's words, from the passages that were found, each adding
// something to those before it.

import { resourcesAnchor, type Sentence } from '../passages.ts';
import type { Found, RankedPassage } from '../search/retrieve.ts';
import { termsOf } from '../search/words.ts';

export interface Quotation {
  readonly from: RankedPassage;
  /** In the order of the passage. */
  readonly sentences: readonly Sentence[];
}

interface Candidate {
  readonly from: RankedPassage;
  readonly sentence: Sentence;
  readonly position: number;
  readonly terms: ReadonlySet<string>;
  readonly score: number;
}

/** How many passages are read, and how much is quoted. */
const limits = { passages: 14, sentences: 6, characters: 1100, sources: 5 };

const readingTerms = new Set(
  termsOf(
    'read reading watch paper papers video article blog post talk book course resource link tutorial lecture prerequisite chapter order',
  ),
);

/** Chooses what to quote; sources in the order of their best sentence. */
export function chooseSentences({ question, ranked, wanted }: Found): Quotation[] {
  const whole = [...wanted.values()].reduce((sum, weight) => sum + weight, 0) || 1;
  const wantsReading = question.terms.some(({ term }) => readingTerms.has(term));
  let left = ranked.slice(0, limits.passages).flatMap((from) => candidates(from, wanted, whole, wantsReading));

  const chosen: Candidate[] = [];
  const told = new Set<string>();
  let characters = 0;
  while (chosen.length < limits.sentences && characters < limits.characters && left.length > 0) {
    const best = left.reduce((a, b) => (worth(b, told, wanted, whole) > worth(a, told, wanted, whole) ? b : a));
    left = left.filter((candidate) => candidate !== best);
    const sources = new Set(chosen.map(({ from }) => from.passage.id));
    if (!sources.has(best.from.passage.id) && sources.size === limits.sources) continue;
    chosen.push(best);
    characters += best.sentence.text.length;
    for (const term of best.terms) told.add(term);
  }

  const byPassage = Map.groupBy(chosen, ({ from }) => from);
  return [...byPassage].map(([from, group]) => ({
    from,
    sentences: group.sort((a, b) => a.position - b.position).map(({ sentence }) => sentence),
  }));
}

/** Passages that point elsewhere: quoted only to those who ask where to go. */
export const asides: ReadonlySet<string> = new Set(['reading', 'connections', resourcesAnchor]);
const readings = new Set(['reading', resourcesAnchor]);

function candidates(
  from: RankedPassage,
  wanted: ReadonlyMap<string, number>,
  whole: number,
  wantsReading: boolean,
): Candidate[] {
  const heading = termsOf(from.passage.heading);
  return from.passage.sentences.flatMap((sentence, position) => {
    const { text } = sentence;
    // Half a thought can't be quoted alone: "The steps are:".
    if (text.length < 25 || text.length > 500 || /[:;,]$/.test(text)) return [];
    const terms = new Set(termsOf(text));
    const shared = sum([...terms], wanted) / whole;
    // The heading says what the sentence is about even where the sentence says "it".
    const headed =
      sum(
        heading.filter((term) => !terms.has(term)),
        wanted,
      ) / whole;
    const dangling = /^(It|This|That|These|Those|They|But|So|And|Then|Here|Both|Such|Its|Their)\b/.test(text)
      ? 0.08
      : 0;
    const opening = position === 0 ? 0.06 : 0;
    const aside = asides.has(from.passage.anchor) && !wantsReading ? 0.25 : 0;
    const reading = readings.has(from.passage.anchor) && wantsReading ? 0.2 : 0;
    const defines = definitionOf(text, wanted) ? 0.15 : 0;
    return [
      {
        from,
        sentence,
        position,
        terms,
        score: 0.55 * shared + 0.2 * headed + 0.35 * from.score + opening + reading + defines - dangling - aside,
      },
    ];
  });
}

/** Whether a sentence says what something asked for is: "A Markov chain is …", "LoRA means …". */
function definitionOf(text: string, wanted: ReadonlyMap<string, number>): boolean {
  const [, subject] = /^(?:The |An? )?(.{2,60}?) (?:is|are|means|stands for|was) /.exec(text) ?? [];
  const terms = subject === undefined ? [] : termsOf(subject);
  return terms.length > 0 && terms.every((term) => wanted.has(term));
}

/** A candidate's score, less what has been told already. */
function worth(
  candidate: Candidate,
  told: ReadonlySet<string>,
  wanted: ReadonlyMap<string, number>,
  whole: number,
): number {
  const again = [...candidate.terms].filter((term) => told.has(term));
  const repeated = candidate.terms.size === 0 ? 0 : again.length / candidate.terms.size;
  return candidate.score - 0.25 * (sum(again, wanted) / whole) - 0.3 * repeated;
}

function sum(terms: readonly string[], weights: ReadonlyMap<string, number>): number {
  return terms.reduce((total, term) => total + (weights.get(term) ?? 0), 0);
}
