import { copyForms } from '../../core/library/address.ts';
import type { FromDocument, KeptDocument } from '../../protocol/document.ts';
import { fieldsOf, id, oneOf, text } from '../fromPage.ts';

/** The message that the page of a saved document sent, or undefined if it isn't one. */
export function parseFromDocument(value: unknown): FromDocument | undefined {
  const fields = fieldsOf(value);
  switch (fields?.['type']) {
    case 'ready':
    case 'openOriginal':
      return { type: fields['type'] };
    case 'position': {
      const form = oneOf(copyForms, fields['form']);
      const position = fieldsOf(fields['position']);
      const [anchor, fraction] = [id(position?.['anchor']), position?.['fraction']];
      return form === undefined ||
        anchor === undefined ||
        typeof fraction !== 'number' ||
        !(fraction >= 0 && fraction <= 1)
        ? undefined
        : { type: 'position', form, position: { anchor, fraction } };
    }
    case 'openForm': {
      const form = oneOf(copyForms, fields['form']);
      return form && { type: 'openForm', form };
    }
    case 'openLink': {
      const url = text(fields['url'], 4000);
      return url === undefined ? undefined : { type: 'openLink', url };
    }
    case 'openChapter': {
      const chapterId = id(fields['chapterId']);
      return chapterId === undefined
        ? undefined
        : { type: 'openChapter', chapterId, beside: fields['beside'] === true };
    }
    default:
      return undefined;
  }
}

/** What a page kept over a restart, if it did. */
export function parseKeptDocument(value: unknown): KeptDocument | undefined {
  const documentId = id(fieldsOf(value)?.['documentId']);
  return documentId === undefined ? undefined : { documentId };
}
