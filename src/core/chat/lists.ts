// What the chat says to /plan and /resources: facts of the curriculum as Markdown lists, no model needed.

import type { Chapter, Curriculum } from '../curriculum.ts';
import { findResource } from '../lookUp.ts';
import { chapterState } from '../progress.ts';
import type { Progress } from '../progress.ts';
import type { GoalSubject } from '../study/goals.ts';
import { pathThrough } from '../study/needs.ts';
import { isKnown } from '../study/plan.ts';
import { minutesOf } from '../study/planLines.ts';
import type { Translate } from '../translate.ts';
import { chapterStateWord, dotted, kindWord, lengthWord } from '../words.ts';
import { escaped } from './chatMarkdown.ts';

/** The addresses that open a chapter or a resource. */
export interface ListLinks {
  readonly chapter: (chapterId: string) => string;
  readonly resource: (resourceId: string) => string;
}

/** The chapters still to be read to reach `goal`, in order. */
export function planMarkdown(
  curriculum: Curriculum,
  progress: Progress,
  goal: Pick<GoalSubject, 'title' | 'chapters'>,
  links: ListLinks,
  t: Translate,
): string {
  const path = pathThrough(curriculum, goal.chapters, (id) => isKnown(progress, id, 'study'));
  const title = escaped(goal.title);
  if (path.length === 0) return t('You have studied **{0}** and what it builds on.', title);
  const minutes = (depth: 'read' | 'study'): string =>
    lengthWord(
      minutesOf(path, depth, (id) => findResource(curriculum, id)?.minutes ?? 0),
      t,
    );
  const steps = path.map((chapter, index) => {
    const state = chapterState(progress, chapter.id);
    const facts = dotted(lengthWord(chapter.minutes, t), state === 'not-started' ? '' : chapterStateWord(state, t));
    return `${index + 1}. [${escaped(chapter.title)}](${links.chapter(chapter.id)}): ${facts}`;
  });
  return [
    t('The shortest way to **{0}**, without what you have studied: {1}.', title, minutes('read')),
    steps.join('\n'),
    t('With the quizzes and the resource to read first of each chapter it is {0}.', minutes('study')),
  ].join('\n\n');
}

/** The resources of a chapter with what each is best for. */
export function resourcesMarkdown(curriculum: Curriculum, chapter: Chapter, links: ListLinks, t: Translate): string {
  const lines = chapter.resources.flatMap(({ resourceId, note }) => {
    const resource = findResource(curriculum, resourceId);
    if (!resource) return [];
    const facts = dotted(resource.creators, kindWord(resource.kind, t), lengthWord(resource.minutes, t));
    return [`- [${escaped(resource.title)}](${links.resource(resource.id)}) (${escaped(facts)}): ${escaped(note)}`];
  });
  const title = escaped(chapter.title);
  return lines.length === 0
    ? t('The handbook links no resources for **{0}**.', title)
    : [t('What the handbook links for **{0}**:', title), lines.join('\n')].join('\n\n');
}
