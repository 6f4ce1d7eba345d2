// goals.yaml: what learners want to be able to do, and where in the book they get there.

import type { AuthoredGoal, Resource, Section } from '../curriculum.ts';
import { parseFieldsList } from './fields.ts';
import type { Report } from './problem.ts';
import { idField } from './resourceFile.ts';

/** A goal as the file has it, its sections not yet taken apart into chapters. */
export interface GoalDraft extends AuthoredGoal {
  readonly sectionIds: readonly string[];
  readonly line: number;
}

export function parseGoalFile(text: string, report: Report): GoalDraft[] {
  const goals: GoalDraft[] = [];
  for (const fields of parseFieldsList(text, report)) {
    const id = idField(fields, report);
    const listed = (name: string): string[] => (fields.has(name) ? fields.texts(name) : []);
    if (goals.some((other) => other.id === id)) report(fields.lineOf('id'), `the goal "${id}" stands twice`);
    goals.push({
      id,
      title: fields.text('title'),
      description: fields.text('description'),
      chapterIds: fields.texts('chapters'),
      sectionIds: listed('sections'),
      resourceIds: listed('resources'),
      names: listed('names'),
      line: fields.line,
    });
    fields.finish();
  }
  return goals;
}

/** The goals with the chapters of their sections, in the order of the book; reports what isn't in it. */
export function checkGoals(
  drafts: readonly GoalDraft[],
  book: {
    readonly sections: readonly Section[];
    readonly chapterIds: ReadonlySet<string>;
    readonly resources: ReadonlyMap<string, Resource>;
  },
  report: Report,
): AuthoredGoal[] {
  return drafts.map(({ line, sectionIds, ...goal }) => {
    const wanted = new Set(goal.chapterIds);
    for (const id of goal.chapterIds) {
      if (!book.chapterIds.has(id)) report(line, `the goal "${goal.id}" leads to no chapter: "${id}"`);
    }
    for (const id of sectionIds) {
      const section = book.sections.find((other) => other.id === id);
      if (!section) report(line, `the goal "${goal.id}" leads to no section: "${id}"`);
      for (const chapterId of section?.chapterIds ?? []) wanted.add(chapterId);
    }
    for (const id of goal.resourceIds) {
      if (!book.resources.has(id)) report(line, `the goal "${goal.id}" leads to no resource: "${id}"`);
    }
    if (wanted.size === 0) report(line, `the goal "${goal.id}" leads to no chapter`);
    const inOrder = book.sections.flatMap(({ chapterIds }) => chapterIds.filter((id) => wanted.has(id)));
    return { ...goal, chapterIds: inOrder };
  });
}
