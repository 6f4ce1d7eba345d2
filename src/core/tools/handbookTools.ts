// What other assistants can do with the handbook: search it, read a chapter, see the learner's progress. VS Code's
// language model tools and the MCP server offer the same three; only the asking differs.

import type { Chapter, Curriculum } from '../curriculum.ts';
import { chaptersInOrder } from '../curriculum.ts';
import type { Coverage, Scope } from '../answer.ts';
import { chapterToContinue } from '../continueReading.ts';
import { chapterCalled, findChapter } from '../lookUp.ts';
import type { Passage } from '../passages.ts';
import { passageText } from '../passages.ts';
import { chapterState, tally } from '../progress.ts';
import type { ChapterState, Progress } from '../progress.ts';
import type { Question } from '../question.ts';
import { rankedWith } from '../search/fuse.ts';
import type { RetrieveMore } from '../search/fuse.ts';
import type { LookUp } from '../search/lookUp.ts';
import { termsOf } from '../search/words.ts';
import type { HandbookToolName } from './toolNames.ts';

/** What the tools look at. */
export interface ToolStudy {
  readonly curriculum: Curriculum;
  readonly lookUp: LookUp;
  /** With an embedding or ranking model. */
  readonly retrieveMore?: RetrieveMore;
  readonly passages: ReadonlyMap<string, Passage>;
  readonly progress: Progress;
}

/** Text for a model, with the passages it came from. */
export interface ToolResult {
  readonly text: string;
  readonly passageIds: readonly string[];
}

/** Thrown for input that can't be served; the message tells a model what to do instead. */
export class ToolInputError extends Error {
  override readonly name = 'ToolInputError';
}

const limits = { passages: 10, usualPassages: 5, query: 1000 };

/** Calls a tool with whatever a model put together as its input. Rejects with a ToolInputError. */
export async function callHandbookTool(name: HandbookToolName, input: unknown, study: ToolStudy): Promise<ToolResult> {
  const fields = typeof input === 'object' && input !== null ? (input as Readonly<Record<string, unknown>>) : {};
  switch (name) {
    case 'handbook_search':
      return await search(fields, study);
    case 'handbook_read_chapter':
      return readChapter(fields, study);
    case 'handbook_progress':
      return showProgress(study);
  }
}

const places: readonly Exclude<Scope['kind'], 'chapter'>[] = ['handbook', 'library', 'all'];

async function search(fields: Readonly<Record<string, unknown>>, study: ToolStudy): Promise<ToolResult> {
  const { query, limit, where = 'all' } = fields;
  const kind = places.find((each) => each === where);
  if (!kind) throw new ToolInputError(`Give "where" as one of ${places.join(', ')}, or leave it out.`);
  if (typeof query !== 'string' || query.trim() === '') {
    throw new ToolInputError('Give "query": the question or the words to look for, as a string.');
  }
  const most =
    typeof limit === 'number' && Number.isFinite(limit)
      ? Math.min(limits.passages, Math.max(1, Math.floor(limit)))
      : limits.usualPassages;
  const text = query.slice(0, limits.query);
  const question: Question = { text, history: [], scope: { kind } };
  const looked = await study.lookUp(question);
  // What lies near in meaning to what isn't covered is no answer either.
  const more = looked.verdict.coverage === 'not-covered' ? undefined : study.retrieveMore;
  const ranked = await rankedWith(more, question, looked.found);
  const found = ranked.slice(0, most).map(({ passage }) => passage);
  return {
    text: [
      verdictWords(looked.verdict.coverage, looked.where, found),
      ...found.map((passage) => passageBlock(study.curriculum, passage)),
    ].join('\n\n'),
    passageIds: found.map(({ id }) => id),
  };
}

function verdictWords(coverage: Coverage, kind: Scope['kind'], found: readonly Passage[]): string {
  if (coverage === 'not-covered') {
    const nowhere = {
      handbook: 'The handbook does not cover this.',
      chapter: 'The chapter does not cover this.',
      library: "The learner's library does not cover this.",
      all: "Neither the handbook nor the learner's library covers this.",
    }[kind];
    return `${nowhere} The passages below only come near: do not answer from them.`;
  }
  const saved = found.filter(({ document }) => document !== undefined).length;
  const who =
    saved === 0
      ? 'The handbook covers this'
      : saved === found.length
        ? "The learner's library covers this"
        : "The handbook and the learner's library cover this";
  return coverage === 'covered' ? `${who}.` : `${who} in part: say which part of an answer it carries.`;
}

function readChapter(fields: Readonly<Record<string, unknown>>, study: ToolStudy): ToolResult {
  const { chapter: wanted } = fields;
  if (typeof wanted !== 'string' || wanted.trim() === '') {
    throw new ToolInputError('Give "chapter": the id or the title of a chapter, as a string.');
  }
  const chapter = chapterCalled(study.curriculum, wanted);
  if (!chapter) {
    const near = nearestChapters(study.curriculum, wanted).map(({ id, title }) => `${id} (${title})`);
    throw new ToolInputError(`There is no chapter "${wanted.slice(0, 100)}". The nearest: ${near.join(', ')}.`);
  }
  const passages = [...study.passages.values()].filter(({ chapterId }) => chapterId === chapter.id);
  return {
    text: [
      `# ${chapter.title} (${chapter.id})`,
      `About ${chapter.minutes} minutes. Needs first: ${chapter.prerequisites.join(', ') || 'nothing'}.`,
      ...passages.map((passage) => `## ${passage.heading} (${passage.id})\n${wholeText(passage)}`),
    ].join('\n\n'),
    passageIds: passages.map(({ id }) => id),
  };
}

function showProgress({ curriculum, progress }: ToolStudy): ToolResult {
  const all = chaptersInOrder(curriculum);
  const counted = tally(
    progress,
    all.map(({ id }) => id),
  );
  const named = (state: ChapterState): string =>
    all
      .filter(({ id }) => chapterState(progress, id) === state)
      .map(({ id }) => id)
      .join(', ') || 'none';
  const next = chapterToContinue(curriculum, progress);
  return {
    text: [
      `${counted.studied} of ${counted.total} chapters studied, ${counted.skimmed} skimmed.`,
      `Studied: ${named('studied')}.`,
      `Skimmed: ${named('skimmed')}.`,
      `Not started: ${named('not-started')}.`,
      progress.lastChapter === undefined ? 'Nothing has been read yet.' : `Read last: ${progress.lastChapter}.`,
      next ? `To continue with: ${next.id} (${next.title}).` : 'Every chapter is studied.',
    ].join('\n'),
    passageIds: [],
  };
}

/** Chapters whose title or keywords share words with `name`, the nearest first; the first chapters if none does. */
export function nearestChapters(curriculum: Curriculum, name: string, limit = 5): Chapter[] {
  const wanted = new Set(termsOf(name));
  const shared = (chapter: Chapter): number => {
    const words = new Set(termsOf([chapter.title, chapter.id.replaceAll('-', ' '), ...chapter.keywords].join(' ')));
    return [...wanted].filter((word) => words.has(word)).length;
  };
  return chaptersInOrder(curriculum)
    .map((chapter) => ({ chapter, shared: shared(chapter) }))
    .sort((a, b) => b.shared - a.shared)
    .slice(0, limit)
    .map(({ chapter }) => chapter);
}

function passageBlock(curriculum: Curriculum, passage: Passage): string {
  const { document, heading, id } = passage;
  if (document !== undefined)
    return `## From the learner's library, ${document}: ${heading} (${id})\n${wholeText(passage)}`;
  const title = findChapter(curriculum, passage.chapterId)?.title ?? passage.chapterId;
  return `## ${title}: ${heading} (${id})\n${wholeText(passage)}`;
}

function wholeText(passage: Passage): string {
  return [passageText(passage), passage.unquoted].filter((text) => text.trim() !== '').join('\n');
}
