import { parseQuote } from '../../core/study/parseStudyEvent.ts';
import type { FromReaderNotes } from '../../protocol/readerNotes.ts';
import { isDocumentSubject } from '../../core/study/documentSubject.ts';
import { id, text, type Fields } from '../fromPage.ts';

/** As much as an event holds. */
const longestText = 100_000;

const types: ReadonlySet<string> = new Set<FromReaderNotes['type']>([
  'keepNote',
  'deleteNote',
  'restoreNote',
  'readNotes',
  'copyNote',
  'makeCard',
]);

/** Whether a message of a page is about notes. */
export function isNoteMessage(message: { readonly type: string }): message is FromReaderNotes {
  return types.has(message.type);
}

/** A message of a page about notes, or undefined if it isn't one. */
export function parseNoteMessage(fields: Fields): FromReaderNotes | undefined {
  const noteId = noteIdOf(fields['noteId']);
  switch (fields['type']) {
    case 'keepNote':
      return parseKeeping(fields, noteId);
    case 'deleteNote':
    case 'restoreNote':
    case 'copyNote':
      return noteId === undefined ? undefined : { type: fields['type'], noteId };
    case 'readNotes': {
      const { noteIds } = fields;
      if (!Array.isArray(noteIds) || noteIds.length > 1000) return undefined;
      return { type: 'readNotes', noteIds: noteIds.flatMap((one) => noteIdOf(one) ?? []) };
    }
    case 'makeCard': {
      const chapterId = subjectOf(fields['chapterId']);
      const quote = parseQuote(fields['quote']);
      return chapterId === undefined || !quote ? undefined : { type: 'makeCard', chapterId, quote };
    }
    default:
      return undefined;
  }
}

function parseKeeping(fields: Fields, noteId: string | undefined): FromReaderNotes | undefined {
  const { request } = fields;
  const quote = parseQuote(fields['quote']);
  const chapterId = subjectOf(fields['chapterId']);
  const written = fields['text'] === undefined ? undefined : text(fields['text'], longestText);
  if (typeof request !== 'number' || chapterId === undefined) return undefined;
  if (fields['quote'] !== undefined && !quote) return undefined;
  if (fields['text'] !== undefined && !written?.isWellFormed()) return undefined;
  if (fields['noteId'] !== undefined && noteId === undefined) return undefined;
  if (noteId === undefined ? quote === undefined || written === undefined : !quote && written === undefined) {
    return undefined;
  }
  return {
    type: 'keepNote',
    request,
    chapterId,
    ...(noteId !== undefined && { noteId }),
    ...(quote && { quote }),
    ...(written !== undefined && { text: written }),
  };
}

/** A chapter's id, or what stands for a saved document. */
function subjectOf(value: unknown): string | undefined {
  const subject = text(value, 200);
  return subject !== undefined && isDocumentSubject(subject) ? subject : id(value);
}

/** Ids of notes may come from other machines' histories. */
function noteIdOf(value: unknown): string | undefined {
  const found = text(value, 200);
  return found === '' ? undefined : found;
}
