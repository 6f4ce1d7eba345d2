// The handbook as rows of a tree: sections, their chapters, and the resources of each. Decides which rows there are,
// their order and what they say; the view only paints them.

import type { Curriculum, ResourceEntry, ResourceKind, Section, Chapter } from './curriculum.ts';
import { chaptersOf } from './curriculum.ts';
import { findResource } from './lookUp.ts';
import { chapterState, resourceState, tally } from './progress.ts';
import type { ChapterState, Progress, ResourceState, Tally } from './progress.ts';
import { sectionTitle } from './sectionTitle.ts';
import { inEnglish } from './translate.ts';
import type { Translate } from './translate.ts';
import { matchesChapterState, matchesResource, noFilter, wantsResources } from './treeFilter.ts';
import type { Filter } from './treeFilter.ts';
import { chapterStateWord, dotted, kindWord, lengthWord, resourceStateWord, spokenLength } from './words.ts';

interface RowBase {
  /** Stable and unique in the tree: a resource that stands in two chapters has two rows. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** What a screen reader says instead of label and description. */
  readonly spoken: string;
  readonly children: readonly Row[];
}

export interface SectionRow extends RowBase {
  readonly kind: 'section';
  readonly sectionId: string;
  readonly tally: Tally;
}

export interface ChapterRow extends RowBase {
  readonly kind: 'chapter';
  readonly chapterId: string;
  readonly state: ChapterState;
}

/** The resources that a section lists for all its chapters together. */
export interface GroupRow extends RowBase {
  readonly kind: 'group';
  readonly sectionId: string;
}

export interface ResourceRow extends RowBase {
  readonly kind: 'resource';
  readonly resourceId: string;
  readonly resourceKind: ResourceKind;
  readonly state: ResourceState;
}

/** Above the chapters that are no longer in the handbook. */
export interface GoneRow extends RowBase {
  readonly kind: 'gone';
}

export interface GoneChapterRow extends RowBase {
  readonly kind: 'gone-chapter';
}

export type Row = SectionRow | ChapterRow | GroupRow | ResourceRow | GoneRow | GoneChapterRow;

/** The rows of the tree, in reading order; a section of which the filter leaves nothing isn't there. */
export function rows(
  curriculum: Curriculum,
  progress: Progress,
  filter: Filter = noFilter,
  t: Translate = inEnglish,
): SectionRow[] {
  return curriculum.sections.flatMap((section) => {
    const children: Row[] = [];
    for (const chapter of chaptersOf(curriculum, section)) {
      const row = chapterRow(curriculum, progress, filter, t, chapter);
      if (row) children.push(row);
    }
    const group = groupRow(curriculum, progress, filter, t, section);
    if (group) children.push(group);
    return children.length > 0 ? [sectionRow(progress, t, section, children)] : [];
  });
}

/** The id of the row of a chapter. */
export function chapterRowId(chapterId: string): string {
  return `chapter/${chapterId}`;
}

/** Every row with the rows below it, and for each row but the topmost its parent. */
export interface RowIndex {
  readonly byId: ReadonlyMap<string, Row>;
  readonly parents: ReadonlyMap<string, Row>;
}

export function indexRows(top: readonly Row[]): RowIndex {
  const byId = new Map<string, Row>();
  const parents = new Map<string, Row>();
  const visit = (row: Row): void => {
    byId.set(row.id, row);
    for (const child of row.children) {
      parents.set(child.id, row);
      visit(child);
    }
  };
  top.forEach(visit);
  return { byId, parents };
}

function sectionRow(progress: Progress, t: Translate, section: Section, children: readonly Row[]): SectionRow {
  const counted = tally(progress, section.chapterIds);
  const label = sectionTitle(section);
  return {
    kind: 'section',
    id: `section/${section.id}`,
    sectionId: section.id,
    label,
    // Titles are long and the side bar is narrow; the tooltip and the screen reader get the whole sentence.
    description: t('{0} of {1}', counted.studied, counted.total),
    spoken: spoken(label, t('section'), t('{0} of {1} studied', counted.studied, counted.total)),
    tally: counted,
    children,
  };
}

function chapterRow(
  curriculum: Curriculum,
  progress: Progress,
  filter: Filter,
  t: Translate,
  chapter: Chapter,
): ChapterRow | undefined {
  const state = chapterState(progress, chapter.id);
  if (!matchesChapterState(filter, state)) return undefined;
  const id = chapterRowId(chapter.id);
  const children = resourceRows(curriculum, progress, filter, t, id, chapter.resources);
  if (wantsResources(filter) && children.length === 0) return undefined;
  const outline = chapter.status === 'outline' ? t('outline') : '';
  const reached = state === 'not-started' ? '' : chapterStateWord(state, t);
  return {
    kind: 'chapter',
    id,
    chapterId: chapter.id,
    label: chapter.title,
    description: dotted(lengthWord(chapter.minutes, t), reached, outline),
    spoken: spoken(chapter.title, t('chapter'), chapterStateWord(state, t), spokenLength(chapter.minutes, t), outline),
    state,
    children,
  };
}

function groupRow(
  curriculum: Curriculum,
  progress: Progress,
  filter: Filter,
  t: Translate,
  section: Section,
): GroupRow | undefined {
  // With chapters filtered by state, what belongs to no chapter would be in the way.
  if (filter.chapterStates.length > 0) return undefined;
  const id = `resources/${section.id}`;
  const children = resourceRows(curriculum, progress, filter, t, id, section.resources);
  if (children.length === 0) return undefined;
  const label = t('For the whole section');
  const description = children.length === 1 ? t('1 resource') : t('{0} resources', children.length);
  return {
    kind: 'group',
    id,
    sectionId: section.id,
    label,
    description,
    spoken: spoken(label, description),
    children,
  };
}

function resourceRows(
  curriculum: Curriculum,
  progress: Progress,
  filter: Filter,
  t: Translate,
  parentId: string,
  entries: readonly ResourceEntry[],
): ResourceRow[] {
  return entries.flatMap((entry) => {
    const resource = findResource(curriculum, entry.resourceId);
    if (!resource) return [];
    const state = resourceState(progress, resource.id);
    if (!matchesResource(filter, resource.kind, state)) return [];
    const kind = kindWord(resource.kind, t);
    const reached = state === 'to-do' ? '' : resourceStateWord(state, t);
    return {
      kind: 'resource',
      id: `${parentId}/${resource.id}`,
      resourceId: resource.id,
      resourceKind: resource.kind,
      label: resource.title,
      description: dotted(kind, lengthWord(resource.minutes, t), reached),
      spoken: spoken(resource.title, kind, resourceStateWord(state, t), spokenLength(resource.minutes, t)),
      state,
      children: [],
    };
  });
}

function spoken(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}
