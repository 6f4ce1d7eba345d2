// Choosing from lists: a chapter, what the tree shows.

import * as vscode from 'vscode';
import { chaptersOf, resourceKinds } from '../core/curriculum.ts';
import type { Chapter, Curriculum } from '../core/curriculum.ts';
import { chapterToContinue } from '../core/continueReading.ts';
import { chapterState, chapterStates, resourceStates } from '../core/progress.ts';
import type { Progress } from '../core/progress.ts';
import { sectionTitle } from '../core/sectionTitle.ts';
import type { Filter } from '../core/treeFilter.ts';
import { chapterStateWord, dotted, kindWord, lengthWord, resourceStateWord } from '../core/words.ts';
import { say } from './say.ts';
import { chapterIcon, kindIcon } from './treeItem.ts';

interface ChapterItem extends vscode.QuickPickItem {
  readonly chapter?: Chapter;
}

/** Lets the learner choose a chapter. */
export async function pickChapter(
  curriculum: Curriculum,
  progress: Progress,
  placeHolder: string,
): Promise<Chapter | undefined> {
  const items: ChapterItem[] = curriculum.sections.flatMap((section) => [
    { label: sectionTitle(section), kind: vscode.QuickPickItemKind.Separator },
    ...chaptersOf(curriculum, section).map((chapter) => chapterItem(chapter, progress)),
  ]);
  const next = chapterToContinue(curriculum, progress);
  const first: ChapterItem[] = next
    ? [{ label: vscode.l10n.t('continue'), kind: vscode.QuickPickItemKind.Separator }, chapterItem(next, progress)]
    : [];
  const chosen = await vscode.window.showQuickPick([...first, ...items], {
    title: vscode.l10n.t('Chapters'),
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.chapter;
}

function chapterItem(chapter: Chapter, progress: Progress): ChapterItem {
  const state = chapterState(progress, chapter.id);
  return {
    label: chapter.title,
    description: dotted(lengthWord(chapter.minutes, say), chapterStateWord(state, say)),
    iconPath: chapterIcon(state),
    chapter,
  };
}

type Choice =
  | { readonly kind: 'chapterStates'; readonly value: Filter['chapterStates'][number] }
  | { readonly kind: 'resourceStates'; readonly value: Filter['resourceStates'][number] }
  | { readonly kind: 'kinds'; readonly value: Filter['kinds'][number] };

interface FilterItem extends vscode.QuickPickItem {
  readonly choice?: Choice;
}

/** Lets the learner choose what the tree shows; undefined if they thought better of it. */
export async function pickFilter(curriculum: Curriculum, now: Filter): Promise<Filter | undefined> {
  const used = new Set(Object.values(curriculum.resources).map(({ kind }) => kind));
  const separator = (label: string): FilterItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const items: FilterItem[] = [
    separator(vscode.l10n.t('chapters')),
    ...chapterStates.map((value) => ({
      label: chapterStateWord(value, say),
      iconPath: chapterIcon(value),
      picked: now.chapterStates.includes(value),
      choice: { kind: 'chapterStates', value } as const,
    })),
    separator(vscode.l10n.t('resources')),
    ...resourceStates.map((value) => ({
      label: resourceStateWord(value, say),
      picked: now.resourceStates.includes(value),
      choice: { kind: 'resourceStates', value } as const,
    })),
    separator(vscode.l10n.t('kinds of resources')),
    ...resourceKinds
      .filter((value) => used.has(value))
      .map((value) => ({
        label: kindWord(value, say),
        iconPath: kindIcon(value),
        picked: now.kinds.includes(value),
        choice: { kind: 'kinds', value } as const,
      })),
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Filter chapters'),
    placeHolder: vscode.l10n.t('What to show; nothing chosen shows everything'),
    canPickMany: true,
  });
  if (!chosen) return undefined;
  const choices = chosen.flatMap(({ choice }) => choice ?? []);
  return {
    chapterStates: choices.flatMap((choice) => (choice.kind === 'chapterStates' ? choice.value : [])),
    resourceStates: choices.flatMap((choice) => (choice.kind === 'resourceStates' ? choice.value : [])),
    kinds: choices.flatMap((choice) => (choice.kind === 'kinds' ? choice.value : [])),
  };
}
