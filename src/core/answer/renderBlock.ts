// One block of Markdown → what is shown and kept of it: its sentences marked, their citations as the check left them.

import type { Token } from 'markdown-it';
import type { AnswerBlock } from '../answer.ts';
import type { AnswerMarkdown } from './answerMarkdown.ts';
import type { Marks } from './answerMarks.ts';
import { withText } from '../book/sentences.ts';
import { answerSentences, type TokenSentence } from './answerSentences.ts';

/** What a check makes of a sentence. */
export interface CheckedSentence {
  /** The sources that carry it, and those it cites that can't be held against it. */
  readonly citations: readonly number[];
  /** 'no-claim' for what states nothing: a question, a transition. */
  readonly support: 'supported' | 'unsupported' | 'no-claim';
  /** By the number of a source: its own words that say it, where some do. */
  readonly said?: ReadonlyMap<number, string>;
}

/** Checks a sentence, as plain text with the numbers of the sources it cites. */
export type CheckSentence = (text: string, citations: readonly number[]) => CheckedSentence;

/**
 * Renders one block. The last sentence of an open block isn't complete: it is shown as it is.
 * @param source with `marks`
 */
export function renderBlock(
  source: string,
  open: boolean,
  markdown: AnswerMarkdown,
  marks: Marks,
  check: CheckSentence,
): AnswerBlock {
  const env = {};
  const tokens = markdown.parse(source, env);
  const edits: Edit[] = [];
  const citations = new Set<number>();
  let unsupported = 0;
  let at = 0;
  const lastInline = tokens.findLast(({ type }) => type === 'inline');
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'inline') continue;
    at = Math.max(at, lineStart(source, token.map?.[0] ?? 0));
    const heading = tokens[index - 1]?.type === 'heading_open';
    const sentences = answerSentences(token.children ?? []);
    token.children = sentences.flatMap((sentence, n) => {
      const complete = !open || token !== lastInline || n < sentences.length - 1;
      const checked: CheckedSentence =
        complete && !heading
          ? check(sentence.text, sentence.citations)
          : { citations: sentence.citations, support: 'no-claim' };
      for (const number of checked.citations) citations.add(number);
      if (checked.support === 'unsupported') unsupported++;
      const aligned = align(sentence, source, at, marks);
      at = aligned.end;
      const late = lateCitations(sentence);
      const early = sentence.tokens.filter((one) => !late.has(one)).flatMap((one) => numberOf(one) ?? []);
      const placed = checked.citations.filter((number) => !early.includes(number));
      for (const { token: mark, number, index: place } of aligned.citations) {
        const space = source[place - 1] === ' ' ? 1 : 0;
        if (late.has(mark) || !checked.citations.includes(number))
          edits.push({ at: place - space, remove: 1 + space, insert: '' });
      }
      const insert = placed.map((number) => marks.encode({ type: 'citation', number })).join('');
      if (insert !== '') edits.push({ at: citingPlace(source, aligned.textEnd), remove: 0, insert: ` ${insert}` });
      return wrapped(sentence, checked, placed, late, heading);
    });
  }
  return {
    markdown: marks.written(edited(source, edits)).trimEnd(),
    html: markdown.renderer.render(tokens, markdown.options, env),
    citations: [...citations],
    unsupported,
  };
}

/** Citations that the model has put behind the full stop. They are shown where those are that code adds: before it. */
function lateCitations({ tokens }: TokenSentence): ReadonlySet<Token> {
  const last = tokens.findLastIndex(({ type, content }) => type !== 'citation' && content.trim() !== '');
  const text = tokens[last];
  if (text?.type !== 'text' || !ending.test(text.content)) return new Set();
  return new Set(tokens.slice(last + 1).filter(({ type }) => type === 'citation'));
}

function numberOf({ type, meta }: Token): number | undefined {
  return type === 'citation' ? Number(meta?.['number']) : undefined;
}

/**
 * A sentence's tokens between the tags that mark it.
 * @param placed Citations that are put in before its end
 * @param late Those that go from behind it
 */
function wrapped(
  { tokens }: TokenSentence,
  { citations, support, said }: CheckedSentence,
  placed: readonly number[],
  late: ReadonlySet<Token>,
  heading: boolean,
): Token[] {
  const [model] = tokens;
  if (!model) return [];
  const make = (type: string, nesting: -1 | 0 | 1, meta: Record<string, unknown>): Token =>
    Object.assign(Object.create(Object.getPrototypeOf(model) as object) as Token, model, {
      type,
      tag: '',
      nesting,
      content: '',
      children: null,
      attrs: null,
      meta,
    });
  const gone = (token: Token | undefined): boolean => {
    const number = token && numberOf(token);
    return token !== undefined && number !== undefined && (late.has(token) || !citations.includes(number));
  };
  const citing = (number: number): Token => make('citation', 0, { number, sentence: said?.get(number) });
  const kept = tokens.flatMap((token, n) => {
    if (gone(token)) return [];
    const number = numberOf(token);
    if (number !== undefined) return [citing(number)];
    return [token.type === 'text' && gone(tokens[n + 1]) ? withText(token, token.content.trimEnd()) : token];
  });
  const inside = withCitations(kept, placed.map(citing));
  if (heading) return inside;
  return [
    make('sentence_open', 1, { unsupported: support === 'unsupported' }),
    ...inside,
    make('sentence_close', -1, {}),
  ];
}

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

interface Alignment {
  readonly end: number;
  /** The end of its words. */
  readonly textEnd: number;
  readonly citations: readonly { readonly token: Token; readonly number: number; readonly index: number }[];
}

/**
 * Where a sentence's words and citations stand in the Markdown it was read from: they stand there in the same order, with
 * the characters of the marks between them.
 */
function align({ tokens }: TokenSentence, source: string, from: number, marks: Marks): Alignment {
  const citations: { token: Token; number: number; index: number }[] = [];
  let at = from;
  let textEnd = from;
  const find = (text: string): number => {
    let found = -1;
    for (const character of text) {
      if (/\s/.test(character)) continue;
      const next = source.indexOf(character, at);
      if (next < 0) continue;
      found = next;
      at = next + character.length;
    }
    return found;
  };
  for (const token of tokens) {
    const { type, content } = token;
    const number = numberOf(token);
    if (number !== undefined) {
      const index = find(marks.encode({ type: 'citation', number }));
      if (index >= 0) citations.push({ token, number, index });
      continue;
    }
    if (type === 'math_inline') {
      const next = source.slice(at).search(/[\ue000-\uf8ff]/);
      if (next >= 0) at += next + 1;
    } else if (type === 'text' || type === 'code_inline') find(content);
    if (content.trim() !== '') textEnd = at;
  }
  return { end: at, textEnd, citations };
}

/** The end of a sentence, which its citations come before. */
const ending = /[.!?…]+["'”’)\]]*\s*$/;

/** Where citations are put into the Markdown: before the full stop, or past the marks that close an emphasis. */
function citingPlace(source: string, end: number): number {
  const [stop] = ending.exec(source.slice(0, end)) ?? [];
  return stop === undefined ? end + (/^[*_~`]+/.exec(source.slice(end))?.[0].length ?? 0) : end - stop.length;
}

/** Tokens with citations put where they are put into the Markdown. */
function withCitations(tokens: readonly Token[], citations: readonly Token[]): Token[] {
  if (citations.length === 0) return [...tokens];
  const at = tokens.findLastIndex(({ type, content }) => type !== 'citation' && content.trim() !== '');
  const last = tokens[at];
  const [stop] = last?.type === 'text' ? (ending.exec(last.content) ?? []) : [];
  if (!last || stop === undefined) return [...tokens, ...citations];
  const before = withText(last, `${last.content.slice(0, -stop.length)} `);
  return [...tokens.slice(0, at), before, ...citations, withText(last, stop), ...tokens.slice(at + 1)];
}

function edited(source: string, edits: readonly Edit[]): string {
  let text = source;
  // From the end, so that what comes before stays where it is.
  for (const { at, remove, insert } of edits.toSorted((a, b) => b.at - a.at)) {
    text = text.slice(0, at) + insert + text.slice(at + remove);
  }
  return text;
}

function lineStart(source: string, line: number): number {
  let at = 0;
  for (let n = 0; n < line; n++) at = source.indexOf('\n', at) + 1;
  return at;
}
