import type { ChapterStatus } from '../curriculum.ts';
import { parseFields, type Fields } from './fields.ts';
import type { Report } from './problem.ts';

export interface FrontMatter {
  readonly id: string;
  readonly title: string;
  readonly status: ChapterStatus;
  readonly summary: string;
  readonly objectives: readonly string[];
  /** Anchors of the passages that answer the objectives, in the same order; undefined where none is named. */
  readonly objectiveAnchors: readonly (string | undefined)[];
  readonly objectivesLine: number;
  readonly prerequisites: readonly string[];
  readonly minutes: number;
  readonly keywords: readonly string[];
  readonly questions: readonly string[];
  readonly formerIds?: readonly string[];
  readonly movedAnchors?: Readonly<Record<string, string>>;
  readonly formerLine: number;
}

export interface MarkdownFile {
  readonly frontMatter: string;
  readonly body: string;
  /** Line of the file on which the body starts. */
  readonly bodyLine: number;
}

/** Takes a Markdown file with YAML front matter apart. */
export function splitFrontMatter(text: string, report: Report): MarkdownFile {
  const found = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(text);
  if (!found) {
    report(1, 'the file must start with front matter between two lines "---"');
    return { frontMatter: '', body: text, bodyLine: 1 };
  }
  return {
    frontMatter: found[1] ?? '',
    body: text.slice(found[0].length),
    bodyLine: found[0].split('\n').length,
  };
}

/** Reads a chapter's front matter and checks its counts (3 to 6 objectives, 8 to 15 questions, keywords). */
export function readFrontMatter(file: MarkdownFile, report: Report): FrontMatter | undefined {
  const fields = parseFields(file.frontMatter, 2, report);
  if (!fields) return undefined;
  const objectives = fields.texts('objectives').map(splitAnchor);
  const front: FrontMatter = {
    id: fields.text('id'),
    title: fields.text('title'),
    status: fields.oneOf('status', ['full', 'outline']),
    summary: fields.text('summary'),
    objectives: objectives.map(({ text }) => text),
    objectiveAnchors: objectives.map(({ anchor }) => anchor),
    objectivesLine: fields.lineOf('objectives'),
    prerequisites: fields.texts('prerequisites'),
    minutes: fields.integer('minutes', 1),
    keywords: fields.texts('keywords'),
    questions: fields.texts('questions'),
    ...(fields.has('formerIds') && { formerIds: fields.texts('formerIds') }),
    ...(fields.has('movedAnchors') && { movedAnchors: movedAnchors(fields, report) }),
    formerLine: fields.lineOf(fields.has('formerIds') ? 'formerIds' : 'movedAnchors'),
  };
  fields.finish();
  const count = (name: 'objectives' | 'questions' | 'keywords', least: number, most: number): void => {
    const { length } = front[name];
    if (length < least || length > most)
      report(fields.lineOf(name), `"${name}" must have ${least} to ${most} entries, not ${length}`);
    if (new Set(front[name]).size < length) report(fields.lineOf(name), `"${name}" has an entry twice`);
  };
  count('objectives', 3, 6);
  count('questions', 8, 15);
  count('keywords', 10, 30);
  return front;
}

/** Entries "old-anchor → new-anchor". */
function movedAnchors(fields: Fields, report: Report): Readonly<Record<string, string>> {
  const moved = fields.texts('movedAnchors').flatMap((entry) => {
    const [, from, to] = /^([a-z0-9-]+) → ([a-z0-9-]+)$/.exec(entry) ?? [];
    if (from !== undefined && to !== undefined) return [[from, to] as const];
    report(fields.lineOf('movedAnchors'), `expected "old-anchor → new-anchor", not "${entry}"`);
    return [];
  });
  return Object.fromEntries(moved);
}

/** "Compute the memory {#memory}" → the objective and the anchor of the passage that answers it. */
function splitAnchor(objective: string): { text: string; anchor: string | undefined } {
  const [, text, anchor] = /^(.*?)\s*\{#([a-z0-9-]+)\}$/.exec(objective) ?? [];
  return { text: text ?? objective, anchor };
}

export interface SectionFile {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
}

export function readSectionFrontMatter(file: MarkdownFile, report: Report): SectionFile | undefined {
  const fields = parseFields(file.frontMatter, 2, report);
  if (!fields) return undefined;
  const section = { id: fields.text('id'), title: fields.text('title'), summary: fields.text('summary') };
  fields.finish();
  return section;
}
