// The chapters as a graph of what needs what, with what of it to show: all, a section, the way to a goal.

import type { Chapter, Curriculum } from '../curriculum.ts';
import { chaptersInOrder, chaptersOf, sectionOf } from '../curriculum.ts';
import { findChapter } from '../lookUp.ts';
import { chapterState } from '../progress.ts';
import type { ChapterState, Progress } from '../progress.ts';
import { sectionTitle } from '../sectionTitle.ts';
import type { Translate } from '../translate.ts';
import { chapterStateWord, lengthWord } from '../words.ts';
import { authoredSubject } from './goals.ts';
import { directNeeds, pathThrough } from './needs.ts';

export interface MapNode {
  readonly id: string;
  readonly title: string;
  /** The section's number, counted from 0. */
  readonly section: number;
  /** "IV", and the whole title. */
  readonly numeral: string;
  readonly sectionTitle: string;
  readonly state: ChapterState;
  readonly stateWord: string;
  readonly length: string;
  readonly summary: string;
  /** Ids of the chapters that it names as prerequisites, and of those that name it. */
  readonly needs: readonly string[];
  readonly follows: readonly string[];
}

/** From a chapter to one that needs it. */
export type MapEdge = readonly [from: string, to: string];

/** A part of the map. */
export interface MapView {
  readonly id: string;
  readonly label: string;
  readonly nodeIds: readonly string[];
  /** Those of the nodes that the view is about; the others lead there. */
  readonly ownIds: readonly string[];
  /** What needs what among the nodes, without what follows from others of these. */
  readonly edges: readonly MapEdge[];
}

export interface ChapterMap {
  readonly nodes: readonly MapNode[];
  /** The first shows all. */
  readonly views: readonly MapView[];
  /** The chapters of the learner's plan. */
  readonly planIds: readonly string[];
}

/** What the map shows. `plan` is the way to the learner's goal, known chapters included. */
export function chapterMap(
  curriculum: Curriculum,
  progress: Progress,
  plan: { readonly title: string; readonly chapters: readonly Chapter[] } | undefined,
  t: Translate,
): ChapterMap {
  const all = chaptersInOrder(curriculum);
  const edgesAmong = reducedEdges(curriculum);
  const view = (id: string, label: string, nodes: readonly Chapter[], own: readonly Chapter[]): MapView => ({
    id,
    label,
    nodeIds: nodes.map((chapter) => chapter.id),
    ownIds: own.map((chapter) => chapter.id),
    edges: edgesAmong(nodes),
  });
  const wayTo = (id: string, label: string, goals: readonly Chapter[]): MapView =>
    view(id, label, pathThrough(curriculum, goals), goals);
  return {
    nodes: all.map((chapter) => nodeOf(curriculum, progress, chapter, t)),
    views: [
      view('all', t('All chapters'), all, all),
      ...(plan ? [wayTo('plan', t('My plan: {0}', plan.title), plan.chapters)] : []),
      ...curriculum.sections.map((section) => {
        const own = chaptersOf(curriculum, section);
        const near = new Set([...own, ...own.flatMap((chapter) => directNeeds(curriculum, chapter))]);
        return view(
          `section/${section.id}`,
          t('Section {0}', sectionTitle(section)),
          all.filter((chapter) => near.has(chapter)),
          own,
        );
      }),
      ...curriculum.goals
        .map((goal) => ({ goal, chapters: authoredSubject(curriculum, goal).chapters }))
        // A goal that is everything is the view of everything.
        .filter(({ chapters }) => chapters.length < all.length)
        .map(({ goal, chapters }) => wayTo(`goal/${goal.id}`, t('Goal: {0}', goal.title), chapters)),
    ],
    planIds: plan ? pathThrough(curriculum, plan.chapters).map(({ id }) => id) : [],
  };
}

function nodeOf(curriculum: Curriculum, progress: Progress, chapter: Chapter, t: Translate): MapNode {
  const section = sectionOf(curriculum, chapter);
  const title = section ? sectionTitle(section) : '';
  const state = chapterState(progress, chapter.id);
  return {
    id: chapter.id,
    title: chapter.title,
    section: section?.number ?? 0,
    numeral: /^([IVX]+)\. /.exec(title)?.[1] ?? '0',
    sectionTitle: title,
    state,
    stateWord: chapterStateWord(state, t),
    length: lengthWord(chapter.minutes, t),
    summary: chapter.summary,
    needs: directNeeds(curriculum, chapter).map(({ id }) => id),
    follows: chaptersInOrder(curriculum)
      .filter(({ prerequisites }) => prerequisites.includes(chapter.id))
      .map(({ id }) => id),
  };
}

/**
 * The transitive reduction of "builds on" among some chapters: every way between two of them that leads through none of the
 * others. The arrows left out say nothing that those left don't.
 */
export function reducedEdges(curriculum: Curriculum): (chapters: readonly Chapter[]) => MapEdge[] {
  const reached = new Map<string, ReadonlySet<string>>();
  const needsOf = (id: string): ReadonlySet<string> => {
    let found = reached.get(id);
    if (!found) {
      const chapter = findChapter(curriculum, id);
      found = new Set(chapter ? pathThrough(curriculum, [chapter]).map((each) => each.id) : []);
      reached.set(id, found);
    }
    return found;
  };
  return (chapters) =>
    chapters.flatMap(({ id }) => {
      const before = chapters.filter((other) => other.id !== id && needsOf(id).has(other.id));
      return before
        .filter((from) => !before.some((other) => other !== from && needsOf(other.id).has(from.id)))
        .map((from): MapEdge => [from.id, id]);
    });
}
