import type * as vscode from 'vscode';
import type { Turn } from '../../core/answer.ts';
import { judge } from '../../core/answer/gate.ts';
import type { Chapter } from '../../core/curriculum.ts';
import { chaptersInOrder } from '../../core/curriculum.ts';
import { findChapter } from '../../core/lookUp.ts';
import type { Study } from '../study.ts';

/** How many follow-ups are offered. */
const offered = 4;

/** The chapter that comes nearest to some words, the one to start with where there are none; undefined if none covers them. */
export async function bestChapter(study: Study, words: string): Promise<Chapter | undefined> {
  const [curriculum, { retrieve }] = await Promise.all([study.curriculum(), study.text()]);
  if (words === '') return chaptersInOrder(curriculum)[0];
  const retrieval = retrieve({ text: words, history: [] });
  if (judge(words, retrieval).coverage === 'not-covered') return undefined;
  return findChapter(curriculum, retrieval.ranked[0]?.passage.chapterId);
}

/** What to ask next: a question of each chapter that the answer drew on, none that was just asked, and a quiz. */
export async function followups(study: Study, turn: Turn | undefined): Promise<vscode.ChatFollowup[]> {
  if (!turn) return [];
  const curriculum = await study.curriculum();
  const chapters = [...new Set(turn.sources.map(({ chapterId }) => chapterId))].flatMap(
    (id) => findChapter(curriculum, id) ?? [],
  );
  const asked = turn.question.toLowerCase();
  // Two of the chapter that answered best, then one of each other.
  const questions = chapters.flatMap((chapter, index) =>
    chapter.questions.filter((question) => question.toLowerCase() !== asked).slice(0, index === 0 ? 2 : 1),
  );
  const [first] = chapters;
  return [
    ...questions.slice(0, offered - 1).map((prompt) => ({ prompt })),
    ...(first ? [{ prompt: first.title, command: 'quiz', label: `/quiz ${first.title}` }] : []),
  ];
}
