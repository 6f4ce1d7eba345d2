import type { AnswerSentence, Source } from '../../src/protocol/ask.ts';
import { element, fromBuild } from '../dom.ts';
import { citation, citations, type CitationActions } from './citations.ts';
import { unsupportedMark } from './unsupported.ts';

/** A sentence of an answer with its citations; one that no source carries says so. */
export function sentenceElement(
  sentence: AnswerSentence,
  sources: readonly Source[],
  actions: CitationActions,
): HTMLElement {
  const cited = sources.filter((source) => sentence.citations.includes(source.number));
  // The HTML comes from the extension's own renderer, which escapes everything else.
  const words = fromBuild(element('span', { class: 'words' }), sentence.html);
  if (cited.length === 0) {
    return element('span', { class: 'sentence unsupported' }, words, unsupportedMark(), ' ');
  }
  const buttons = cited.map((source) => citation(source, actions, sentence.text));
  return element('span', { class: 'sentence' }, words, citations(words.lastChild, buttons), ' ');
}
