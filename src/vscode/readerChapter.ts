// What the reader page shows of a chapter, taken together from the curriculum and the learner's progress.

import type { Chapter, Curriculum } from '../core/curriculum.ts';
import { addressOf, chaptersInOrder, neighbours, sectionOf } from '../core/curriculum.ts';
import { findChapter, findResource } from '../core/lookUp.ts';
import { resourcesAnchor, summaryAnchor } from '../core/passages.ts';
import { chapterState, resourceState } from '../core/progress.ts';
import type { Progress } from '../core/progress.ts';
import { arxivAddresses } from '../core/resourceLinks.ts';
import { sectionTitle } from '../core/sectionTitle.ts';
import type { ChapterLink, ReaderChapter, ReaderMarks, ReaderResource } from '../protocol/reader.ts';

/** The chapter as the page gets it; `html` is its rendered text. */
export function readerChapter(curriculum: Curriculum, chapter: Chapter, html: string): ReaderChapter {
  const section = sectionOf(curriculum, chapter);
  const { previous, next } = neighbours(curriculum, chapter.id);
  return {
    id: chapter.id,
    title: chapter.title,
    sectionTitle: section ? sectionTitle(section) : '',
    status: chapter.status,
    summary: chapter.summary,
    objectives: chapter.objectives,
    minutes: chapter.minutes,
    html,
    headings: chapter.headings,
    prerequisites: prerequisitesOf(curriculum, chapter).map(link),
    leadsTo: leadsTo(curriculum, chapter).map(link),
    ...(previous && { previous: link(previous) }),
    ...(next && { next: link(next) }),
    resources: chapter.resources.flatMap(({ resourceId, note }) => readerResource(curriculum, resourceId, note) ?? []),
  };
}

/** The marks that belong to what the page shows of the chapter. */
export function readerMarks(curriculum: Curriculum, chapter: Chapter, progress: Progress): ReaderMarks {
  const { previous, next } = neighbours(curriculum, chapter.id);
  const linked = [
    ...prerequisitesOf(curriculum, chapter),
    ...leadsTo(curriculum, chapter),
    ...(previous ? [previous] : []),
    ...(next ? [next] : []),
  ];
  return {
    chapter: chapterState(progress, chapter.id),
    resources: Object.fromEntries(
      chapter.resources.map(({ resourceId }) => [resourceId, resourceState(progress, resourceId)]),
    ),
    chapters: Object.fromEntries(linked.map(({ id }) => [id, chapterState(progress, id)])),
  };
}

/** Whether the chapter has a place of that name. */
export function hasAnchor(chapter: Chapter, anchor: string): boolean {
  return (
    anchor === summaryAnchor ||
    anchor === resourcesAnchor ||
    chapter.headings.some((heading) => heading.anchor === anchor)
  );
}

/** The name of the site an address leads to. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : '';
}

function prerequisitesOf(curriculum: Curriculum, chapter: Chapter): Chapter[] {
  return chapter.prerequisites.flatMap((id) => findChapter(curriculum, id) ?? []);
}

function leadsTo(curriculum: Curriculum, chapter: Chapter): Chapter[] {
  return chaptersInOrder(curriculum).filter((other) => other.prerequisites.includes(chapter.id));
}

function link({ id, title }: Chapter): ChapterLink {
  return { id, title };
}

function readerResource(curriculum: Curriculum, resourceId: string, note: string): ReaderResource | undefined {
  const resource = findResource(curriculum, resourceId);
  if (!resource) return undefined;
  const { id, title, creators, kind, year, level, access, minutes } = resource;
  const url = addressOf(resource);
  return {
    id,
    title,
    creators,
    kind,
    host: hostOf(url),
    ...(year !== undefined && { year }),
    level,
    access,
    minutes,
    note,
    arxiv: arxivAddresses(url) !== undefined,
  };
}
