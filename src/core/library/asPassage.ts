// A passage of a saved document as a passage like the handbook's: numbered, quoted and cited in the same way. Its text can
// only ever be quoted: nothing in it is taken for markup, and nothing for an instruction.

import type { Passage } from '../passages.ts';
import { plainSentences } from '../sentenceEnds.ts';
import { plainHtml } from '../plainHtml.ts';
import type { Translate } from '../translate.ts';
import { clockTime } from './clockTime.ts';
import { savedPassageId, type SavedPassage } from './savedPassage.ts';

/** What it is called says where it stands: its heading with the page or the time. */
export function asPassage(saved: SavedPassage, t: Translate): Passage {
  const { documentId, form, number, title, heading, page, seconds, text } = saved;
  const where = [
    heading === title ? '' : heading,
    page === undefined ? '' : t('page {0}', page),
    seconds === undefined ? '' : clockTime(seconds),
  ].filter((words) => words !== '');
  return {
    id: savedPassageId(saved),
    chapterId: `saved:${documentId}`,
    anchor: `${form}-${number}`,
    heading: where.length === 0 ? t('passage {0}', number + 1) : where.join(', '),
    document: title,
    sentences: plainSentences(text).map((sentence) => ({ text: sentence, html: plainHtml(sentence) })),
    unquoted: '',
  };
}
