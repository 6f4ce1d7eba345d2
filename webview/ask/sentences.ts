import type { AnswerSentence, Source } from '../../src/protocol/ask.ts';
import { element, fromBuild } from '../dom.ts';

export interface CitationActions {
  readonly open: (source: Source, sentence: string) => void;
  readonly point: (number: number, on: boolean) => void;
}

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
    return element(
      'span',
      { class: 'sentence unsupported' },
      words,
      ' ',
      element('span', { class: 'no-source', title: 'No passage of the handbook carries this sentence' }, 'no source'),
      ' ',
    );
  }
  return element(
    'span',
    { class: 'sentence' },
    words,
    element(
      'span',
      { class: 'citations' },
      lastWord(words),
      ...cited.map((source) => citation(source, sentence, actions)),
    ),
    ' ',
  );
}

/** Takes the last word out of a sentence, so that it can stand on one line with the citations. */
function lastWord(words: HTMLElement): string {
  const last = words.lastChild;
  if (!(last instanceof Text)) return '';
  const [word = ''] = /\S{1,20}\s*$/.exec(last.data) ?? [];
  last.data = last.data.slice(0, last.length - word.length);
  return word.trimEnd();
}

function citation(source: Source, sentence: AnswerSentence, actions: CitationActions): HTMLElement {
  const point = (on: boolean) => (): void => {
    actions.point(source.number, on);
  };
  return element(
    'button',
    {
      type: 'button',
      class: 'citation',
      'aria-label': `Source ${source.number}: ${source.chapterTitle}, ${source.heading}`,
      title: `${source.chapterTitle}: ${source.heading}`,
      onclick: () => {
        actions.open(source, sentence.text);
      },
      onmouseenter: point(true),
      onmouseleave: point(false),
      onfocus: point(true),
      onblur: point(false),
    },
    String(source.number),
  );
}
