// The rows of the list in which the learner chooses what of a bibliography to take, decided without VS Code.

import { shortCreators } from '../../core/library/bibliography/creators.ts';
import { canBeSaved } from '../../core/library/bibliography/importPlan.ts';
import type { ImportPlan, PlannedReference } from '../../core/library/bibliography/importPlan.ts';
import { hostOf } from '../../core/library/address.ts';
import { dotted } from '../../core/words.ts';
import type { Translate } from '../../core/translate.ts';

export type ImportRow =
  | { readonly type: 'heading'; readonly label: string }
  | {
      readonly type: 'entry';
      readonly label: string;
      readonly description: string;
      readonly detail: string;
      readonly picked: boolean;
      readonly entry: PlannedReference;
    };

/** What is new first, chosen; then what is there already. */
export function importRows({ entries }: ImportPlan, t: Translate): ImportRow[] {
  const fresh = entries.filter(({ there }) => !there);
  const known = entries.filter(({ there }) => there);
  return [
    ...(fresh.length > 0
      ? [{ type: 'heading', label: t('New') } as const, ...fresh.map((one) => entryRow(one, t))]
      : []),
    ...(known.length > 0
      ? [{ type: 'heading', label: t('In your library already') } as const, ...known.map((one) => entryRow(one, t))]
      : []),
  ];
}

/** How many there are of each, for the head of the list. */
export function importSummary({ entries, again }: ImportPlan, t: Translate): string {
  const known = entries.filter(({ there }) => there).length;
  return [
    t('{0} new', entries.length - known),
    known === 0 ? '' : t('{0} in your library already', known),
    again === 0 ? '' : t('{0} twice in the file', again),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function entryRow(entry: PlannedReference, t: Translate): ImportRow {
  const { reference, as, there } = entry;
  const { title, year, venue = '', files } = reference;
  return {
    type: 'entry',
    label: title,
    description: dotted(shortCreators(reference), year?.toString() ?? '', venue),
    detail: there
      ? t('As “{0}”. Choose it to add what the file says of it.', there.title)
      : dotted(
          as === undefined
            ? t('No address: it is listed, and can’t be fetched')
            : canBeSaved(entry)
              ? t('Can be saved from {0}', hostOf(as.address))
              : t('A film: kept as a link'),
          files.length === 0 ? '' : files.length === 1 ? t('1 file attached') : t('{0} files attached', files.length),
        ),
    picked: !there,
    entry,
  };
}
