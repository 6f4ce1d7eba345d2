// A saved web page → its article as safe HTML, and what it says.

import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { parse, serialize } from 'parse5';
import { cutPassages } from '../../core/library/cutPassages.ts';
import type { DocumentText, OutlineEntry } from '../../core/library/documentText.ts';
import { ExtractError } from './extractError.ts';
import { bodyOf, safeArticle } from './safeArticle.ts';

/** Reads a page that came from `address`, which its relative links refer to. Throws an ExtractError. */
export function htmlText(html: string, address: string): DocumentText {
  // Put right first as a browser would: the document that Readability needs is built by a simpler parser.
  const { document } = parseHTML(serialize(parse(html)));
  const title = titleOf(document);
  // Readability takes the document apart: what it leaves out is needed where it finds no article.
  const whole = document.body.cloneNode(true) as HTMLElement;
  const article = new Readability(document, { charThreshold: 200, maxElemsToParse: 200_000 }).parse();
  const root = article?.content ? bodyOf(article.content) : whole;
  const { html: safe, blocks } = safeArticle(root, address);
  if (blocks.every(({ text }) => text === '')) throw new ExtractError('empty', 'no text in the page');
  const named = (article?.title ?? title ?? '').trim();
  return {
    ...(named !== '' && { title: named.slice(0, 500) }),
    outline: blocks.flatMap(({ kind, text, level = 2, anchor }): OutlineEntry[] =>
      kind === 'heading' ? [{ title: text, level, ...(anchor !== undefined && { anchor }) }] : [],
    ),
    passages: cutPassages(blocks).passages,
    html: safe,
  };
}

function titleOf(document: Document): string | undefined {
  return document.querySelector('title')?.textContent ?? document.querySelector('h1')?.textContent ?? undefined;
}
