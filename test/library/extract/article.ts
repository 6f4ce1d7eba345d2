// An article to print, and what a reader of it must find again. Its words are the handbook's own.

import { fileURLToPath } from 'node:url';
import { passageText } from '../../../src/core/passages.ts';
import { readPassages } from '../../../src/store/curriculumFiles.ts';

export interface Article {
  readonly title: string;
  readonly abstract: string;
  readonly sections: readonly { readonly heading: string; readonly paragraphs: readonly string[] }[];
  readonly captions: readonly string[];
  readonly references: readonly string[];
}

/** An article of some ten sections made of chapters; always the same for the same chapters. */
export function articleOf(...chapterIds: readonly string[]): Article {
  const folder = fileURLToPath(new URL('../../../dist/curriculum', import.meta.url));
  const passages = readPassages(folder).filter(
    ({ chapterId, anchor, sentences }) =>
      chapterIds.includes(chapterId) && !['summary', 'resources'].includes(anchor) && sentences.length > 2,
  );
  return {
    title: 'Notes on Models and What They Cost',
    abstract:
      'We collect what is known about the cost of running models, and show which of it can be measured at home.',
    sections: passages.map((passage) => {
      const half = Math.ceil(passage.sentences.length / 2);
      const text = (from: number, to?: number): string =>
        plain(passageText({ ...passage, sentences: passage.sentences.slice(from, to) }));
      return { heading: plain(passage.heading), paragraphs: [text(0, half), text(half)] };
    }),
    captions: [1, 2, 3].map(
      (n) => `Figure ${n}: What a measurement of that kind looks like, the ${n}th time it is made.`,
    ),
    references: Array.from(
      { length: 14 },
      (_, at) =>
        `[${at + 1}] A. Author and B. Builder. A paper about measuring the cost of models, part ${at + 1}. In Proceedings of Something, ${2000 + at}.`,
    ),
  };
}

/** Formulas spelled in rare characters would test the fonts. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}\p{P}+=<> ]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The flow of its text, as it is read; figures and their captions stand apart. */
export function flowOf({ title, abstract, sections, references }: Article): string[] {
  return [
    title,
    'Abstract',
    abstract,
    ...sections.flatMap(({ heading, paragraphs }) => [heading, ...paragraphs]),
    'References',
    ...references,
  ];
}

/** The article as a page to print, its figures floating among the text. */
export function articleHtml(article: Article, columns: 1 | 2): string {
  const figures = article.captions.map(
    (caption) =>
      `<figure><svg viewBox="0 0 100 40"><rect width="60" height="30" fill="gray"/><text x="5" y="38" font-size="5">axis</text></svg><figcaption>${caption}</figcaption></figure>`,
  );
  const body = article.sections.map(({ heading, paragraphs }, at) => {
    const figure = at % 4 === 1 ? (figures[(at - 1) / 4] ?? '') : '';
    return `<h2>${shy(heading)}</h2>${paragraphs.map((text) => `<p>${shy(text)}</p>`).join(figure)}`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>printed</title><style>
@page { size: A4; margin: 2.2cm }
body { font: 10pt/1.3 "DejaVu Serif", serif; text-align: justify }
main { ${columns === 2 ? 'column-count: 2; column-gap: 7mm' : ''} }
h1 { font-size: 17pt; text-align: center } h2 { font-size: 12pt; text-align: left; break-after: avoid }
.abstract { margin: 0 12%; font-size: 9pt } .abstract h2 { font-size: 10pt; text-align: center }
p { margin: 0; text-indent: 1.2em } .references p { text-indent: -1.6em; padding-left: 1.6em }
figure { margin: 1em 0; border: 1px solid; break-inside: avoid } figcaption { font-size: 8.5pt; text-align: left }
</style><h1>${article.title}</h1><div class="abstract"><h2>Abstract</h2>${article.abstract}</div>
<main>${body.join('')}<h2>References</h2><div class="references">${article.references.map((text) => `<p>${text}</p>`).join('')}</div></main></html>`;
}

/** Long words may be cut at the end of a line, as typesetting does. */
function shy(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/\p{L}{9,}/gu, (word) => word.replace(/(\p{L}{4})(?=\p{L}{4})/gu, '$1&shy;'));
}
