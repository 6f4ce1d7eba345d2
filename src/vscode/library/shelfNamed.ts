// Which resources a command is about: those named one by one, or the whole shelf of chapters and sections.

import { chaptersOf } from '../../core/curriculum.ts';
import type { Curriculum, Resource } from '../../core/curriculum.ts';
import { findChapter, findResource } from '../../core/lookUp.ts';
import { fieldsOf } from '../fromPage.ts';

export interface NamedShelf {
  readonly resources: readonly Resource[];
  /** Whether they were named by a chapter or a section. */
  readonly whole: boolean;
  /** Of the chapter or section, if it is one. */
  readonly title?: string;
}

/** The resources that a command's arguments name, each once; undefined if they name nothing of the handbook. */
export function shelfNamed(curriculum: Curriculum, [clicked, selected]: readonly unknown[]): NamedShelf | undefined {
  const subjects = Array.isArray(selected) && selected.includes(clicked) ? (selected as unknown[]) : [clicked];
  const shelves = subjects.flatMap((subject) => shelfOf(curriculum, subject) ?? []);
  const [first] = shelves;
  if (!first) return undefined;
  return {
    resources: [...new Set(shelves.flatMap(({ resources }) => resources))],
    whole: shelves.some(({ whole }) => whole),
    ...(shelves.length === 1 && first.title !== undefined && { title: first.title }),
  };
}

function shelfOf(curriculum: Curriculum, subject: unknown): NamedShelf | undefined {
  const fields = fieldsOf(subject);
  const id = typeof subject === 'string' ? subject : undefined;
  const resource = findResource(curriculum, id ?? fields?.['resourceId']);
  if (resource) return { resources: [resource], whole: false };
  const listed = (entries: readonly { readonly resourceId: string }[]): Resource[] =>
    entries.flatMap(({ resourceId }) => findResource(curriculum, resourceId) ?? []);
  const chapter = findChapter(curriculum, id ?? fields?.['chapterId']);
  if (chapter) return { resources: listed(chapter.resources), whole: true, title: chapter.title };
  const section = curriculum.sections.find((each) => each.id === (id ?? fields?.['sectionId']));
  if (!section) return undefined;
  // The row "For the whole section" stands for what no chapter lists.
  const chapters = fields?.['kind'] === 'group' ? [] : chaptersOf(curriculum, section);
  const entries = [...section.resources, ...chapters.flatMap((each) => each.resources)];
  return { resources: listed(entries), whole: true, title: section.title };
}
