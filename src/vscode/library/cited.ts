// What is to be cited: documents of the library, resources of the handbook, or all there is.

import * as vscode from 'vscode';
import { chaptersOf } from '../../core/curriculum.ts';
import type { Curriculum } from '../../core/curriculum.ts';
import { citeDocuments, citeHandbook, citeResources } from '../../core/library/bibliography/cite.ts';
import type { KeyedReference } from '../../core/library/bibliography/reference.ts';
import type { SavedDocument } from '../../core/library/savedDocument.ts';
import { sectionTitle } from '../../core/sectionTitle.ts';
import { addDetails } from '../../library/shelf/details.ts';
import type { LocalLibrary } from './localLibrary.ts';
import { documentsNamed } from './savedCommands.ts';
import { shelfNamed } from './shelfNamed.ts';

export interface CitedParts {
  readonly library: LocalLibrary;
  readonly curriculum: Curriculum;
  /** The chapter that is being read. */
  readonly reading: string | undefined;
}

/** Some references, and what they are together. */
export interface Cited {
  readonly references: readonly KeyedReference[];
  readonly title?: string;
}

/** What a command's arguments name; undefined if they name nothing that can be cited. */
export async function namedReferences(parts: CitedParts, args: readonly unknown[]): Promise<Cited | undefined> {
  const { library, curriculum } = parts;
  const shelf = shelfNamed(curriculum, args);
  if (shelf) {
    const notes = notesIn(curriculum, args);
    return {
      references: citeResources(curriculum, shelf.resources, notes),
      ...(shelf.title !== undefined && { title: shelf.title }),
    };
  }
  if (!(await library.exists())) return undefined;
  const documents = await documentsNamed(library, args);
  return documents.length > 0 ? { references: await citeSaved(parts, documents) } : undefined;
}

/** Documents of the library; a key that one gets here it keeps. */
async function citeSaved(
  { library, curriculum }: CitedParts,
  documents: readonly SavedDocument[],
): Promise<KeyedReference[]> {
  const { shelf } = await library.open();
  const all = citeDocuments(shelf.documents(), curriculum);
  const cited = documents.flatMap((document) => {
    const reference = all.get(document.id);
    return reference ? [{ document, reference }] : [];
  });
  const fresh = cited.filter(({ document }) => document.details?.key === undefined);
  if (fresh.length > 0) {
    shelf.within((db) => {
      for (const { document, reference } of fresh) addDetails(db, document, { key: reference.key });
    });
  }
  return cited.map(({ reference }) => reference);
}

/** Lets the learner choose what to cite; undefined if they give up. */
export async function chooseCited(parts: CitedParts): Promise<Cited | undefined> {
  const { library, curriculum, reading } = parts;
  const documents = (await library.exists()) ? (await library.open()).shelf.documents() : [];
  const chapter = reading === undefined ? undefined : curriculum.chapters[reading];
  const rows: (vscode.QuickPickItem & { readonly choose?: () => Promise<Cited | undefined> })[] = [
    ...(documents.length === 0
      ? []
      : [
          {
            label: vscode.l10n.t('$(library) My library'),
            description: vscode.l10n.t('{0} entries', documents.length),
            choose: async () => ({ references: await citeSaved(parts, documents) }),
          },
        ]),
    ...(chapter
      ? [
          {
            label: vscode.l10n.t('$(book) This chapter’s resources'),
            description: chapter.title,
            choose: () => namedReferences(parts, [chapter.id]),
          },
        ]
      : []),
    {
      label: vscode.l10n.t('$(list-tree) The resources of a chapter or a section…'),
      choose: async () => {
        const id = await chooseShelf(curriculum);
        return id === undefined ? undefined : namedReferences(parts, [id]);
      },
    },
    {
      label: vscode.l10n.t('$(globe) The handbook and all its resources'),
      description: vscode.l10n.t('{0} entries', Object.keys(curriculum.resources).length + 1),
      choose: () => Promise.resolve({ references: citeHandbook(curriculum) }),
    },
  ];
  const chosen = await vscode.window.showQuickPick(rows, {
    title: vscode.l10n.t('Export bibliography'),
    placeHolder: vscode.l10n.t('What should be in it?'),
  });
  return chosen?.choose?.();
}

async function chooseShelf(curriculum: Curriculum): Promise<unknown> {
  const rows = curriculum.sections.flatMap((section) => [
    {
      label: sectionTitle(section),
      description: vscode.l10n.t('the whole section'),
      subject: { sectionId: section.id },
    },
    ...chaptersOf(curriculum, section).map(({ id, title }) => ({ label: `$(book) ${title}`, subject: id })),
  ]);
  const placeHolder = vscode.l10n.t('Whose resources?');
  return (await vscode.window.showQuickPick<vscode.QuickPickItem & { subject: unknown }>(rows, { placeHolder }))
    ?.subject;
}

/** What the chapters and sections that are named list their resources for; the first of them counts. */
function notesIn(curriculum: Curriculum, [clicked]: readonly unknown[]): ReadonlyMap<string, string> {
  const one = shelfNamed(curriculum, [clicked]);
  const entries = curriculum.sections.flatMap((section) => [
    ...section.resources,
    ...chaptersOf(curriculum, section).flatMap(({ resources }) => resources),
  ]);
  const wanted = new Set(one?.resources.map(({ id }) => id));
  const chapter = typeof clicked === 'string' ? curriculum.chapters[clicked] : undefined;
  const notes = new Map<string, string>();
  for (const { resourceId, note } of [...(chapter?.resources ?? []), ...entries]) {
    if (wanted.has(resourceId) && !notes.has(resourceId)) notes.set(resourceId, note);
  }
  return notes;
}
