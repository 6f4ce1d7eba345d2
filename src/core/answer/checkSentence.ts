// Each sentence of an answer held against the passages it cites, and against the others in the prompt: who carries a sentence
// is cited, whether the model said so or not.

import type { Passage } from '../passages.ts';
import { isClaim, readClaim, type Claim } from './claim.ts';
import type { CheckedSentence, CheckSentence } from './renderBlock.ts';
import { groundOf, sayingSentences, supportOf, type Ground, type WordKnowledge } from './support.ts';

/** The passages of a prompt as sources of one answer. */
export interface CheckedSources {
  /** Every passage in the prompt. */
  readonly passages: readonly Passage[];
  /** The passage of a source. */
  readonly passageOf: (number: number) => Passage | undefined;
  /** The number under which a passage is cited; one that had none gets the next. */
  readonly numberOf: (passage: Passage) => number;
  readonly chapterTitle: (chapterId: string) => string;
}

/** A cited passage stays beside others from this share of the sentence on. */
const related = 0.25;
/** A second passage is cited if with it so much more of the sentence is carried. */
const completing = 0.15;

/** A check for one answer. The same sentence is checked once, however often its block is rendered. */
export function createCheck(sources: CheckedSources, knowledge: WordKnowledge): CheckSentence {
  const grounds = new Map<string, Ground>();
  const ground = (passage: Passage): Ground => {
    const known = grounds.get(passage.id) ?? groundOf(passage, sources.chapterTitle(passage.chapterId));
    grounds.set(passage.id, known);
    return known;
  };
  const checked = new Map<string, CheckedSentence>();

  const check = (claim: Claim, citations: readonly number[]): CheckedSentence => {
    const share = (passage: Passage): number => supportOf(claim, [ground(passage)], knowledge).share;
    const carry = (passages: readonly Passage[]): boolean =>
      passages.length > 0 && supportOf(claim, passages.map(ground), knowledge).supported;
    const cited = citations.flatMap((number) => sources.passageOf(number) ?? []);
    const byShare = (passages: readonly Passage[]): Passage[] =>
      passages
        .map((passage) => ({ passage, share: share(passage) }))
        .sort((a, b) => b.share - a.share)
        .map(({ passage }) => passage);
    const supported = (passages: readonly Passage[]): CheckedSentence => ({
      citations: [...new Set(passages.map(sources.numberOf))],
      support: 'supported',
      said: new Map(passages.flatMap((passage) => sayings(claim, passage))),
    });

    if (carry(cited)) return supported(cited.length > 1 ? cited.filter((passage) => share(passage) >= related) : cited);
    const kept = cited.filter((passage) => share(passage) >= related);
    const ranked = byShare(sources.passages);
    const alone = ranked.find((passage) => carry([passage]));
    if (alone) return supported([...kept, alone, ...complements(claim, alone, ranked)]);
    const two = ranked.slice(0, 2);
    if (carry([...kept, ...two])) return supported([...kept, ...two]);
    return { citations, support: 'unsupported' };
  };

  /** Under a passage's number, what it says of a claim in its own words. */
  const sayings = (claim: Claim, passage: Passage): [number, string][] => {
    const place = sayingSentences(claim, ground(passage), knowledge);
    const said = passage.sentences.slice(place?.from ?? 0, place?.to ?? 0).map(({ text }) => text);
    return said.length === 0 ? [] : [[sources.numberOf(passage), said.join(' ')]];
  };

  /** A passage that carries the part of a sentence that another one doesn't. */
  const complements = (claim: Claim, alone: Passage, ranked: readonly Passage[]): Passage[] => {
    const shareOf = (some: readonly Passage[]): number => supportOf(claim, some.map(ground), knowledge).share;
    const least = shareOf([alone]) + completing;
    return ranked.filter((passage) => passage !== alone && shareOf([alone, passage]) >= least).slice(0, 1);
  };

  return (text, citations) => {
    const key = `${citations.join(',')} ${text}`;
    const known = checked.get(key);
    if (known) return known;
    const claim = readClaim(text);
    const made: CheckedSentence = isClaim(text, claim) ? check(claim, citations) : { citations, support: 'no-claim' };
    checked.set(key, made);
    return made;
  };
}
