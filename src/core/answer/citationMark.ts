// Citations in the many ways in which models write them: [1], [1, 2], [1-3], 【1】, [^1], [passage 1], [1](#1), \[1\].

import { asText, type AnswerPart, type Place, type Read } from './answerPart.ts';

/** A longer bracket is no citation. */
const longest = 60;

const partlyCitation =
  /^[[【](?:\s*\^?(?:p(?:a(?:s(?:s(?:a(?:g(?:es?)?)?)?)?)?)?|s(?:o(?:u(?:r(?:c(?:es?)?)?)?)?)?)?\s*)?[\d\s,;–—-]*$/i;
const citationMark = /^[[【]\s*\^?(?:passages?|sources?)?\s*(\d{1,3}(?:\s*[,;–—-]\s*\d{1,3})*)\s*[\]】]/i;

/** A citation after `space` characters of white space. */
export function readCitation(place: Place, space: number, inPrompt: (number: number) => boolean): Read {
  const { text, at, final } = place;
  const rest = text.slice(at + space, at + space + longest);
  const [mark, list = ''] = citationMark.exec(rest) ?? [];
  if (mark === undefined) {
    if (!final && rest.length < longest && partlyCitation.test(rest)) return 'more';
    return space > 0 ? 'nothing' : asText(rest.slice(0, 1));
  }
  const numbers = numbersIn(list);
  const before = space > 0 ? ' ' : place.before;
  if (!numbers || (mark.startsWith('[') && isIndex(before))) {
    // Without its end, which may make it a link.
    return asText(text.slice(at, at + space + mark.length - 1));
  }
  // A citation made into a link: where it leads is left out.
  const after = text.slice(at + space + mark.length, at + space + mark.length + 300);
  if (after === '' && !final) return 'more';
  const [target = ''] = /^\([^()\s]*\)/.exec(after) ?? [];
  if (target === '' && /^\([^()\s]*$/.test(after) && after.length < 300 && !final) return 'more';
  const made = citations(numbers, inPrompt);
  const kept = made.length > 0 ? text.slice(at, at + space) : '';
  return {
    length: space + mark.length + target.length,
    parts: [...(kept === '' ? [] : [{ type: 'text' as const, text: kept }]), ...made],
  };
}

/** Whether a bracket right after these words is an index: "x[1]", "w_2[3]", not "bandwidth[1]". */
function isIndex(before: string): boolean {
  const [word = ''] = /[\p{L}\p{N}_\]]+$/u.exec(before) ?? [];
  return word !== '' && (word.length < 3 || /[\d_]/.test(word));
}

/** The numbers of "1", "1, 2" or "1-3"; undefined if it isn't a list of passages: 0 is none ("[0, 1]" is an interval). */
export function numbersIn(list: string): number[] | undefined {
  if (!/^\s*\d{1,3}(?:\s*[,;–—-]\s*\d{1,3})*\s*$/.test(list)) return undefined;
  const numbers = list.split(/[,;]/).flatMap((item) => {
    const [from = 0, to = from] = item.split(/[–—-]/).map(Number);
    return from <= to && to - from < 20 ? Array.from({ length: to - from + 1 }, (_, n) => from + n) : [from, to];
  });
  return numbers.includes(0) ? undefined : [...new Set(numbers)];
}

export function citations(numbers: readonly number[], inPrompt: (number: number) => boolean): AnswerPart[] {
  return numbers.filter(inPrompt).map((number) => ({ type: 'citation', number }));
}
