// What a command is about. Commands are run from menus (with rows of the tree), keybindings, links, other extensions: the
// arguments are anybody's, so they are looked up in the curriculum, and what isn't there isn't used.

import { chaptersOf } from '../core/curriculum.ts';
import type { Chapter, Curriculum, Resource, Section } from '../core/curriculum.ts';
import { findChapter, findResource } from '../core/lookUp.ts';
import { fieldsOf } from './fromPage.ts';

/** The chapters that a command's arguments name: one, or those selected in the tree with it. */
export function chaptersNamed(curriculum: Curriculum, args: readonly unknown[]): Chapter[] {
  return subjects(args).flatMap((each) => findChapter(curriculum, idIn(each, 'chapterId')) ?? []);
}

/** The chapters that a command's arguments are about: named alone, in a list, or as all those of a section. */
export function chaptersAbout(curriculum: Curriculum, args: readonly unknown[]): Chapter[] {
  const [first] = args;
  const named = Array.isArray(first) ? (first as unknown[]) : subjects(args);
  const found = named.flatMap((each) => {
    const chapter = findChapter(curriculum, idIn(each, 'chapterId'));
    const section = chapter ? undefined : sectionIn(curriculum, each);
    return section ? chaptersOf(curriculum, section) : (chapter ?? []);
  });
  return [...new Set(found)];
}

/** The resources that a command's arguments name. */
export function resourcesNamed(curriculum: Curriculum, args: readonly unknown[]): Resource[] {
  const found = subjects(args).flatMap((each) => findResource(curriculum, idIn(each, 'resourceId')) ?? []);
  // A resource may have been selected in two chapters.
  return [...new Set(found)];
}

/** VS Code gives the row that was clicked and, if it is one of several selected ones, all of those. */
function subjects([clicked, selected]: readonly unknown[]): readonly unknown[] {
  return Array.isArray(selected) && selected.includes(clicked) ? (selected as unknown[]) : [clicked];
}

function idIn(value: unknown, field: 'chapterId' | 'resourceId'): unknown {
  return typeof value === 'string' ? value : fieldsOf(value)?.[field];
}

function sectionIn(curriculum: Curriculum, value: unknown): Section | undefined {
  const id = fieldsOf(value)?.['sectionId'];
  return curriculum.sections.find((section) => section.id === id);
}
