// What the page of a saved document shows, decided without VS Code.

import type { CopyForm } from '../../core/library/address.ts';
import { citedBy } from '../../core/library/citedBy.ts';
import { presentAddress } from '../../core/library/savedDocument.ts';
import type { SavedDocument } from '../../core/library/savedDocument.ts';
import type { Curriculum } from '../../core/curriculum.ts';
import { clockTime } from '../../core/library/clockTime.ts';
import type { Translate } from '../../core/translate.ts';
import type { StoredText } from '../../library/shelf/texts.ts';
import type { Position, ShownDocument } from '../../protocol/document.ts';

export interface DocumentParts {
  readonly document: SavedDocument;
  readonly text: StoredText;
  /** The forms that have been read. */
  readonly forms: readonly CopyForm[];
  readonly position: Position | undefined;
  readonly curriculum: Curriculum;
  readonly t: Translate;
}

/** All that the page is told. */
export function shownDocument({ document, text, forms, position, curriculum, t }: DocumentParts): ShownDocument {
  const { form, html, passages } = text;
  const copy = document.copies.find((each) => each.form === form);
  const isPdf = copy?.content?.type === 'pdf';
  const pages = copy?.pages;
  return {
    documentId: document.id,
    form,
    title: document.title,
    creators: document.creators,
    facts: [
      isPdf ? t('The text of a PDF: formulas, tables and pictures are in the original') : '',
      pages === undefined ? '' : pages === 1 ? t('1 page') : t('{0} pages', pages),
      hostOf(presentAddress(document)),
    ].filter((fact) => fact !== ''),
    original: isPdf ? t('Open the PDF') : document.address === '' ? t('Open the file') : t('Open in the browser'),
    forms: forms.length > 1 ? forms.map((each) => ({ form: each, label: formLabel(document, each, t) })) : [],
    citedBy: citedBy(curriculum, document.address),
    body:
      html === undefined
        ? {
            type: 'passages',
            passages: passages.map(({ seconds, anchor: _anchor, ...passage }) => ({
              ...passage,
              ...(seconds !== undefined && { time: clockTime(seconds) }),
            })),
          }
        : { type: 'html', html, anchors: passages.map(({ anchor = '' }) => anchor) },
    ...(position && { position }),
  };
}

function formLabel({ copies }: SavedDocument, form: CopyForm, t: Translate): string {
  const type = copies.find((copy) => copy.form === form)?.content?.type;
  return type === 'pdf' ? t('PDF') : type === 'vtt' || type === 'srt' ? t('Transcript') : t('Page');
}

function hostOf(address: string): string {
  return /^https?:\/\/([^/:?#]+)/.exec(address)?.[1] ?? '';
}
