// Citations and formulas as single characters within Markdown, so that no rule of Markdown takes them apart.

import type { AnswerPart } from './citationStream.ts';

export interface Marks {
  /** A part as Markdown text. */
  readonly encode: (part: AnswerPart) => string;
  /** A text with marks in its pieces, empty ones left out. */
  readonly split: (text: string) => AnswerPart[];
  /** A text with its marks as an author would write them: `[1]`, `$x$`. */
  readonly written: (text: string) => string;
}

/**
 * Braille patterns stand for citations 1 to 255: symbols to Markdown, so that emphasis may close before them. Private
 * characters stand for formulas, letters to Markdown. Neither may come from the model itself.
 */
const citationBase = 0x2800;
const formulaBase = 0xe000;
const mostFormulas = 0x1900;
const mark = /([\u2801-\u28ff\ue000-\uf8ff])/;
const taken = /[\u2800-\u28ff\ue000-\uf8ff]/g;

/** The marks of one answer. */
export function createMarks(): Marks {
  const formulas: Extract<AnswerPart, { type: 'tex' }>[] = [];
  const split = (text: string): AnswerPart[] =>
    text.split(mark).flatMap((piece, index): AnswerPart[] => {
      if (index % 2 === 0) return piece === '' ? [] : [{ type: 'text', text: piece }];
      const code = piece.charCodeAt(0);
      if (code < formulaBase) return [{ type: 'citation', number: code - citationBase }];
      return formulas.slice(code - formulaBase, code - formulaBase + 1);
    });
  return {
    encode: (part) => {
      switch (part.type) {
        case 'text':
          return part.text.replace(taken, '');
        case 'citation':
          return part.number < 256 ? String.fromCharCode(citationBase + part.number) : '';
        case 'tex':
          if (formulas.length === mostFormulas) return partText(part);
          formulas.push(part);
          return String.fromCharCode(formulaBase + formulas.length - 1);
      }
    },
    split,
    written: (text) => split(text).map(partText).join(''),
  };
}

/** A part as an author would write it. */
export function partText(part: AnswerPart): string {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'citation':
      return `[${part.number}]`;
    case 'tex':
      return part.display ? `$$${part.tex}$$` : `$${part.tex}$`;
  }
}
