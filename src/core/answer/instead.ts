// What code says in an answer, apart from the model: notes, and the handbook quoted where the model has no support.

import type { AnswerBlock, AnswerEvent, Coverage } from '../answer.ts';
import { escaped } from '../chat/chatMarkdown.ts';
import { summaryAnchor, type Passage } from '../passages.ts';
import { plainHtml } from '../plainHtml.ts';
import type { AnswerSources } from './answerSources.ts';
import type { Quotation } from './sentences.ts';

/** A remark of the companion's own. */
export function noteBlock(text: string): AnswerBlock {
  return {
    markdown: `*${escaped(text)}*`,
    html: `<p class="note">${plainHtml(text)}</p>\n`,
    citations: [],
    unsupported: 0,
  };
}

/** The handbook's own sentences, a block for each passage. */
export function quotedBlocks(
  quotations: readonly Quotation[],
  sources: Pick<AnswerSources, 'numberOf'>,
): AnswerBlock[] {
  return quotations.map(({ from, sentences }) => {
    const number = sources.numberOf(from.passage);
    const [said] = sentences.length === 1 ? sentences : [];
    const sentence = said ? ` data-sentence="${plainHtml(said.text)}"` : '';
    const html = sentences.map((sentence) => `<span class="sentence">${sentence.html}</span>`).join(' ');
    return {
      markdown: `> ${sentences.map(({ text }) => escaped(text)).join(' ')} [${number}]`,
      html: `<blockquote><p>${html} <cite data-source="${number}"${sentence}></cite></p></blockquote>\n`,
      citations: [number],
      unsupported: 0,
    };
  });
}

/** How many passages are quoted in place of a summary. */
const mostLeads = 8;

/** In place of what can't be looked up, a summary or a quiz: the opening sentence of each passage. */
export function* leadQuotation(
  passages: readonly Passage[],
  coverage: Coverage,
  sourcesOf: (passages: readonly Passage[]) => AnswerSources,
): Generator<AnswerEvent> {
  const quoted = passages
    .filter(({ anchor, sentences }) => anchor !== summaryAnchor && sentences.length > 0)
    .slice(0, mostLeads);
  yield { type: 'sources', coverage, sources: sourcesOf(quoted).list() };
  for (const [n, { sentences }] of quoted.entries()) {
    for (const { text, html } of sentences.slice(0, 1)) {
      yield { type: 'sentence', speaker: 'quotation', sentence: { text, html, citations: [n + 1] } };
    }
  }
}
