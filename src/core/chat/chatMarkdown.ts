// Answers as the Markdown that VS Code's chat shows: citations are links to the passages.

import type { AnswerSentence, Source } from '../answer.ts';

/** The address that opens a source's passage; `sentence` is the one that cites it. */
export type LinkTo = (source: Source, sentence: string) => string;

/**
 * The Markdown with each `[n]` that names a source made a link. In code and TeX such brackets are what the author wrote
 * (`x[1]`), and stay.
 */
export function withPassageLinks(markdown: string, sources: readonly Source[], linkTo: LinkTo): string {
  const byNumber = new Map(sources.map((source) => [source.number, source]));
  const verbatim = /(```[\s\S]*?(?:```|$)|`[^`\n]*`|\$\$[\s\S]*?\$\$|\$[^$\n]*\$)/;
  return markdown
    .split(verbatim)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part.replace(/\[(\d{1,3})\]/g, (whole, number: string) => {
            const source = byNumber.get(Number(number));
            return source ? citation(source, linkTo(source, '')) : whole;
          }),
    )
    .join('');
}

/** A quoted sentence with its citations. */
export function quotedSentence(
  { text, citations }: AnswerSentence,
  sources: readonly Source[],
  linkTo: LinkTo,
): string {
  const cited = sources.filter(({ number }) => citations.includes(number));
  return [escaped(text), ...cited.map((source) => citation(source, linkTo(source, text)))].join(' ');
}

/** Plain words that mean nothing to Markdown. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|$~]/g, String.raw`\$&`);
}

function citation({ number, chapterTitle, heading }: Source, address: string): string {
  // What a document is called isn't ours: nothing of it may end the title.
  const title = `${chapterTitle}: ${heading}`.replaceAll('"', '”').replace(/[\\\s]+/g, ' ');
  return String.raw`[\[${number}\]](${address} "${title}")`;
}
