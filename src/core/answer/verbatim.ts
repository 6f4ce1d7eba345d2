// Code and formulas in a model's text: what stands in them is taken as it is.

import { asText, wholeLine, type Place, type Read } from './answerPart.ts';

/** Beyond these lengths an open quote, formula or fence mark was none. */
export const longest = { code: 300, tex: 400, display: 2000, fenceLine: 80 };

/** The opening line of a fenced block, also in a list or a quotation. */
export function readFence(place: Place): Read {
  const rest = place.text.slice(place.at, place.at + longest.fenceLine);
  if (!/^(?:[ \t>]|[-*+] |\d{1,3}[.)] )*(?:`{0,2}$|~{0,2}$|`{3}|~{3}|[-*+]$|\d{1,3}[.)]?$)/.test(rest))
    return 'nothing';
  const line = wholeLine(place);
  if (line === undefined) return 'more';
  // A backtick after the mark makes it code within a line.
  return /^(?:[ \t>]|[-*+] |\d{1,3}[.)] )*(?:`{3,}[^`]*|~{3,}.*)$/.test(line.trimEnd()) ? asText(line) : 'nothing';
}

export function readCode({ text, at, final }: Place): Read {
  const rest = text.slice(at, at + longest.code);
  const [run = ''] = /^`+/.exec(rest) ?? [];
  if (run.length === rest.length && !final && rest.length < longest.code) return 'more';
  const closing = new RegExp(`(?<!\`)${run}(?!\`)`, 'g');
  closing.lastIndex = run.length;
  const end = closing.exec(rest);
  const paragraph = /\n[ \t]*\n/.exec(rest)?.index ?? Infinity;
  if (end && end.index < paragraph) {
    const length = end.index + run.length;
    return length === rest.length && !final && rest.length < longest.code ? 'more' : asText(rest.slice(0, length));
  }
  return paragraph === Infinity && !final && rest.length < longest.code ? 'more' : asText(run);
}

export function readDollars({ text, at, final }: Place): Read {
  if (text[at + 1] === undefined && !final) return 'more';
  if (text[at + 1] === '$')
    return readDelimited(text.slice(at), '$$', '$$', true, longest.display, final) ?? asText('$$');
  const rest = text.slice(at, at + longest.tex);
  if (/^\$(\s|$)/.test(rest)) return asText('$');
  // "$5 and $6" is money: a formula doesn't end after a space or before a digit, and stays on its line.
  const line = /^[^\n]*/.exec(rest)?.[0] ?? '';
  const found = /^\$((?:\\[\s\S]|[^\\$\n])*?(?:\\[\s\S]|[^\\$\s]))\$(?=([^\d])|$)/.exec(line);
  const atEnd = line.length === rest.length && rest.length < longest.tex && !final;
  if (found?.[1] !== undefined) {
    if (found[0].length === line.length && atEnd) return 'more';
    return { length: found[0].length, parts: [{ type: 'tex', tex: found[1].trim(), display: false }] };
  }
  return atEnd ? 'more' : asText('$');
}

export function readDelimited(
  text: string,
  open: string,
  close: string,
  display: boolean,
  most: number,
  final: boolean,
): Read | undefined {
  const rest = text.slice(0, most);
  const end = rest.indexOf(close, open.length);
  const tex = end < 0 ? '' : rest.slice(open.length, end).trim();
  if (tex !== '') return { length: end + close.length, parts: [{ type: 'tex', tex, display }] };
  return end < 0 && !final && rest.length < most ? 'more' : undefined;
}
