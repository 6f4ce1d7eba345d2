// A model's text as it streams in → text, citations and formulas. A citation exists only if its passage was in the prompt.
//
// What may be the start of something is held back until it is known what it is, so that the result doesn't depend on where
// the tokens were broken. In code and TeX brackets are what they are: `x[1]` is an index there.

import { asText, wholeLine, type AnswerPart, type Place, type Read } from './answerPart.ts';
import { citations, numbersIn, readCitation } from './citationMark.ts';
import { longest, readCode, readDelimited, readDollars, readFence } from './verbatim.ts';

export type { AnswerPart } from './answerPart.ts';

export interface CitationStream {
  /** What is known after some more text. */
  readonly append: (text: string) => readonly AnswerPart[];
  /** The rest, at the end. */
  readonly flush: () => readonly AnswerPart[];
}

/** A stream for one answer. `inPrompt` says whether a number is that of a passage in the prompt. */
export function createCitationStream(inPrompt: (number: number) => boolean): CitationStream {
  let held = '';
  let before = '';
  let fence: string | undefined;

  const read = (final: boolean): AnswerPart[] => {
    const parts: AnswerPart[] = [];
    let at = 0;
    const tell = (length: number, told: readonly AnswerPart[]): void => {
      parts.push(...told);
      // A bracket after a citation is another one, not its index.
      const cited = told.length === 0 || told.at(-1)?.type === 'citation';
      before = cited ? ' ' : (before + held.slice(at, at + length)).slice(-40);
      at += length;
    };
    while (at < held.length) {
      const lineStart = before === '' || before.endsWith('\n');
      const place: Place = { text: held, at, before, lineStart, final };
      if (fence !== undefined) {
        const line = wholeLine(place);
        if (line === undefined) break;
        const closes = lineStart && new RegExp(`^[\\s>]*${fence}[\`~]*\\s*$`).test(line);
        tell(line.length, [{ type: 'text', text: line }]);
        if (closes) fence = undefined;
        continue;
      }
      if (lineStart) {
        const opened = readFence(place);
        if (opened === 'more') break;
        if (opened !== 'nothing') {
          fence = /[`~]{3,}/.exec(held.slice(at, at + opened.length))?.[0];
          tell(opened.length, opened.parts);
          continue;
        }
      }
      const found = readPlace(place, inPrompt);
      if (found === 'more') break;
      if (found === 'nothing') {
        const plain = /^[^`$\\[\]【\s]+|^[\s\S]/.exec(held.slice(at))?.[0] ?? '';
        tell(plain.length, [{ type: 'text', text: plain }]);
      } else {
        tell(found.length, found.parts);
      }
    }
    held = held.slice(at);
    return joined(parts);
  };

  return {
    append: (text) => {
      held += text;
      return read(false);
    },
    flush: () => read(true),
  };
}

function readPlace(place: Place, inPrompt: (number: number) => boolean): Read {
  const { text, at } = place;
  const first = text.charAt(at);
  switch (first) {
    case '`':
      return readCode(place);
    case '$':
      return readDollars(place);
    case '\\':
      return readBackslash(place, inPrompt);
    case '[':
    case '【':
      return readCitation(place, 0, inPrompt);
    case ']': {
      // No links, to whatever Markdown this is shown in.
      const next = text[at + 1];
      if (next === undefined) return place.final ? 'nothing' : 'more';
      const link = next === '(' || next === ':';
      return link ? { length: 2, parts: [{ type: 'text', text: `]\\${next}` }] } : 'nothing';
    }
    default: {
      // White space before a citation that is left out goes with it.
      const [space = ''] = /^[ \t\u00a0]+/.exec(text.slice(at)) ?? [];
      if (space === '') return 'nothing';
      const next = text[at + space.length];
      if (next === undefined) return place.final ? 'nothing' : 'more';
      if (next !== '[' && next !== '【') return asText(space);
      const citation = readCitation(place, space.length, inPrompt);
      if (citation === 'more') return 'more';
      return citation === 'nothing' ? asText(space) : citation;
    }
  }
}
function readBackslash(place: Place, inPrompt: (number: number) => boolean): Read {
  const { text, at, final } = place;
  const next = text[at + 1];
  if (next === undefined) return final ? 'nothing' : 'more';
  if (next !== '[' && next !== '(') return asText(text.slice(at, at + 2));
  const display = next === '[';
  const close = display ? '\\]' : '\\)';
  const found = readDelimited(
    text.slice(at),
    `\\${next}`,
    close,
    display,
    display ? longest.display : longest.tex,
    final,
  );
  if (!found) return asText(text.slice(at, at + 2));
  if (found === 'more' || found === 'nothing') return found;
  // Some models write their citations with escaped brackets.
  const [part] = found.parts;
  const numbers = part?.type === 'tex' ? numbersIn(part.tex) : undefined;
  return numbers ? { length: found.length, parts: citations(numbers, inPrompt) } : found;
}

function joined(parts: readonly AnswerPart[]): AnswerPart[] {
  const all: AnswerPart[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (part.type === 'text' && last?.type === 'text')
      all[all.length - 1] = { type: 'text', text: last.text + part.text };
    else all.push(part);
  }
  return all;
}
