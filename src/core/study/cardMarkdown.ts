// A side of a card, which is Markdown with TeX, as HTML: by the renderer of answers, so that nothing in it can run, load or
// lead anywhere, whoever wrote it.

import { createAnswerMarkdown } from '../answer/answerMarkdown.ts';
import { createMarks } from '../answer/answerMarks.ts';
import type { AnswerPart, Place, Read } from '../answer/answerPart.ts';
import { asText, wholeLine } from '../answer/answerPart.ts';
import { longest, readCode, readDelimited, readDollars, readFence } from '../answer/verbatim.ts';

/** What a formula becomes; without one, MathML. */
export type TexHtml = (tex: string, display: boolean, escapeHtml: (text: string) => string) => string;

/** Renders one side of a card. */
export function cardHtml(text: string, texHtml?: TexHtml): string {
  const marks = createMarks();
  const markdown = createAnswerMarkdown(marks);
  if (texHtml) {
    markdown.renderer.rules['math_inline'] = (tokens, index) => {
      const token = tokens[index];
      return token ? texHtml(token.content, token.meta?.['display'] === true, markdown.utils.escapeHtml) : '';
    };
  }
  return markdown.render(texParts(text).map(marks.encode).join(''));
}

/** A text with its formulas taken out; what stands in code stays there. */
export function texParts(text: string): AnswerPart[] {
  const parts: AnswerPart[] = [];
  let fence: RegExp | undefined;
  for (let at = 0; at < text.length;) {
    const before = text.slice(Math.max(0, at - 1), at);
    const place: Place = { text, at, before, lineStart: before === '' || before === '\n', final: true };
    const read = fence ? asText(wholeLine(place) ?? '') : readPlace(place);
    const found = read === 'more' || read === 'nothing' ? plain(text, at) : read;
    const taken = text.slice(at, at + found.length);
    if (fence?.test(taken)) fence = undefined;
    else if (!fence && place.lineStart) {
      const [mark] = readFence(place) === 'nothing' ? [] : (/[`~]{3,}/.exec(taken) ?? []);
      if (mark !== undefined) fence = new RegExp(`^[\\s>]*${mark}[\`~]*\\s*$`);
    }
    parts.push(...found.parts);
    at += found.length;
  }
  return parts;
}

type Found = Exclude<Read, string>;

function plain(text: string, at: number): Found {
  const [taken = ''] = /^[^`$\\\n]+|^[\s\S]/.exec(text.slice(at)) ?? [];
  return { length: taken.length, parts: [{ type: 'text', text: taken }] };
}

function readPlace(place: Place): Read {
  const { text, at, lineStart } = place;
  if (lineStart) {
    const opened = readFence(place);
    if (opened !== 'nothing') return opened;
  }
  switch (text.charAt(at)) {
    case '`':
      return readCode(place);
    case '$':
      return readDollars(place);
    case '\\': {
      const next = text.charAt(at + 1);
      const escaped = asText(text.slice(at, at + 2));
      if (next === '(') return readDelimited(text.slice(at), '\\(', '\\)', false, longest.tex, true) ?? escaped;
      if (next === '[') return readDelimited(text.slice(at), '\\[', '\\]', true, longest.display, true) ?? escaped;
      return escaped;
    }
    default:
      return 'nothing';
  }
}
