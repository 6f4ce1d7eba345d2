// In which of its forms a document is read, decided without VS Code: a PDF as its pages or as its text, a page, a transcript.

import type { CopyForm } from '../../core/library/address.ts';
import { pdfPlaceOf, positionOfPdf } from '../../core/library/pdfPlace.ts';
import type { SavedDocument } from '../../core/library/savedDocument.ts';
import type { Position } from '../../core/progress.ts';
import type { Translate } from '../../core/translate.ts';
import type { StoredText } from '../../library/shelf/texts.ts';
import type { Reading } from '../../protocol/document.ts';
import type { FormPlace } from './keptPlace.ts';

export interface ReadingChoice {
  /** What the learner asked for. */
  readonly wanted: Reading | undefined;
  /** Where they were last. */
  readonly last: FormPlace | undefined;
  /** Whether there are pages of a PDF. */
  readonly pages: boolean;
  /** The forms whose text has been read, the one that reads best first. */
  readonly forms: readonly CopyForm[];
}

/** What is shown; undefined if there is nothing to be read (yet). */
export function chosenReading({ wanted, last, pages, forms }: ReadingChoice): Reading | undefined {
  const known = last && { form: last.form, pages: pdfPlaceOf(last.position) !== undefined };
  const first = forms[0] === undefined ? undefined : { form: forms[0], pages: false };
  const printed = pages ? ({ form: 'main', pages: true } as const) : undefined;
  return [wanted, known, printed, first].find(
    (one) => one && (one.pages ? pages && one.form === 'main' : forms.includes(one.form)),
  );
}

/**
 * Where to go on in a reading: where the learner was last, if that was in the same form. Its pages and its text lead to one
 * another.
 */
export function placeFor(
  { form, pages }: Reading,
  last: FormPlace | undefined,
  text: StoredText | undefined,
): Position | undefined {
  if (last?.form !== form) return undefined;
  const { position } = last;
  const onPage = pdfPlaceOf(position);
  if (pages === (onPage !== undefined)) return position;
  const passages = text?.passages ?? [];
  if (onPage) {
    const first = passages.find(({ page }) => page !== undefined && page >= onPage.page);
    return first && { anchor: `p${first.number}`, fraction: 0 };
  }
  const page = passages.find(({ number }) => `p${number}` === position.anchor)?.page;
  return page === undefined ? undefined : positionOfPdf({ page, fraction: 0, zoom: 'auto' });
}

/** What a passage of a document is best read in: of a PDF, its page. */
export function readingOf(document: SavedDocument, form: CopyForm): Reading {
  return { form, pages: form === 'main' && isPdf(document, form) };
}

/** The other ways to read a document, with the words of their buttons. */
export function otherReadings(
  document: SavedDocument,
  { pages, forms }: Pick<ReadingChoice, 'pages' | 'forms'>,
  now: Reading,
  t: Translate,
): (Reading & { readonly label: string })[] {
  const all = [
    ...(pages ? [{ form: 'main' as const, pages: true, label: t('Read the PDF') }] : []),
    ...forms.map((form) => ({ form, pages: false, label: label(document, form, t) })),
  ];
  return all.filter((one) => one.form !== now.form || one.pages !== now.pages);
}

function label(document: SavedDocument, form: CopyForm, t: Translate): string {
  if (isPdf(document, form)) return t('Read as text');
  return form === 'transcript' ? t('Read the transcript') : t('Read the page');
}

export function isPdf({ copies }: SavedDocument, form: CopyForm): boolean {
  return copies.find((copy) => copy.form === form)?.content?.type === 'pdf';
}
