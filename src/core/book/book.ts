// The curriculum's files → the finished book: data, HTML, passages, and every problem found on the way. Pure: the build
// script reads the files and writes the results.

import type { Chapter, Curriculum, Resource, ResourceEntry, Section, Term } from '../curriculum.ts';
import { passageId, type Passage } from '../passages.ts';
import type { ChapterQuiz } from '../quizzes.ts';
import { readFrontMatter, readSectionFrontMatter, splitFrontMatter } from './chapterFile.ts';
import type { ChapterDraft } from './chapterDraft.ts';
import { resourcesPassage, summaryPassage } from './chapterPassages.ts';
import { chapterText, type ChapterText, type ChapterTextParts } from './chapterText.ts';
import { parseTexts } from './fields.ts';
import { figureHtml } from './figure.ts';
import { parseGlossaryFile, type GlossaryEntry } from './glossaryFile.ts';
import { checkGoals, parseGoalFile } from './goalFile.ts';
import { curriculumMarkdown, type LinkTarget } from './markdown.ts';
import { reportInto, type Problem, type Report } from './problem.ts';
import { parseQuizFile } from './quizFile.ts';
import { chapterQuiz } from './quizText.ts';
import { parseResourceFile } from './resourceFile.ts';
import { termMarkers } from './terms.ts';
import { texStyleSheet } from './tex.ts';
import {
  checkEssentials,
  checkFormerNames,
  checkLengths,
  checkLinks,
  checkObjectives,
  checkPrerequisites,
  checkQuizAndGlossary,
  checkTermPassages,
  checkTerms,
} from './validate.ts';

export interface BookOutline {
  readonly title: string;
  readonly subtitle: string;
  readonly author: string;
  readonly year: number;
  readonly url: string;
  readonly sections: readonly {
    readonly id: string;
    readonly number: number;
    readonly title: string;
    readonly chapters: readonly string[];
  }[];
}

export interface Book {
  readonly curriculum: Curriculum;
  readonly passages: readonly Passage[];
  /** Chapter id → HTML. */
  readonly html: ReadonlyMap<string, string>;
  /** Chapter id → its quiz; chapters without items are left out. */
  readonly quizzes: ReadonlyMap<string, ChapterQuiz>;
  /** Every term, in alphabetical order. */
  readonly glossary: readonly Term[];
  /** The classes that stand for KaTeX's inline styles. */
  readonly texStyleSheet: string;
}

/**
 * Builds the book from its files (path relative to `curriculum/`, with `/`, → text). `outline` is `book.json`. With
 * problems the result is as complete as it can be.
 */
export function buildBook(
  outline: BookOutline,
  files: ReadonlyMap<string, string>,
): { book: Book; problems: Problem[] } {
  const problems: Problem[] = [];
  const texStyles = new Map<string, string>();
  const markdown = curriculumMarkdown();
  const used = new Set<string>(['book.json']);
  const resources = new Map<string, Resource>();
  const entryLines: { file: string; line: number; id: string }[] = [];

  const open = (file: string): { text: string; report: Report } | undefined => {
    const text = files.get(file);
    if (text === undefined) return undefined;
    used.add(file);
    return { text, report: reportInto(problems, file) };
  };

  function textOf(id: string, body: string, bodyLine: number, file: string, folder: string): ChapterText {
    const report = reportInto(problems, file);
    const parts: ChapterTextParts = {
      markdown,
      texStyles,
      report,
      markTerms: markersFor(),
      figure: (use) => {
        const path = `${folder}/${use.file}`;
        const figure = open(path);
        if (use.alternative.length < 20) report(use.line, 'the figure needs alternative text that says what it shows');
        if (!figure || !path.endsWith('.svg')) {
          report(use.line, `no such figure: ${path}`);
          return '';
        }
        return figureHtml(figure.text, use.alternative, figure.report);
      },
    };
    return chapterText(id, body, bodyLine, parts);
  }

  function entriesOf(path: string): ResourceEntry[] {
    const file = open(path);
    if (!file) return [];
    const { defined, entries } = parseResourceFile(file.text, file.report);
    for (const { resource, line } of defined) {
      if (resources.has(resource.id))
        file.report(line, `resource "${resource.id}" stands twice; list it again with "see: ${resource.id}"`);
      resources.set(resource.id, resource);
    }
    for (const entry of entries) entryLines.push({ file: path, line: entry.line, id: entry.resourceId });
    return entries.map(({ line: _line, ...entry }) => entry);
  }

  const glossaries = new Map(
    outline.sections.flatMap((section) =>
      section.chapters.map((id): [string, GlossaryEntry[]] => {
        const file = open(`${section.number}-${section.id}/${id}.glossary.yaml`);
        return [id, file ? parseGlossaryFile(file.text, file.report) : []];
      }),
    ),
  );
  const terms = [...glossaries].flatMap(([id, entries]) => entries.map((entry) => termOf(id, entry)));
  const markersFor = termMarkers(terms);

  function draftChapter(
    id: string,
    section: BookOutline['sections'][number],
    folder: string,
  ): ChapterDraft | undefined {
    const path = `${folder}/${id}.md`;
    const file = open(path);
    if (!file) {
      problems.push({ file: 'book.json', line: 1, message: `chapter "${id}" has no file ${path}` });
      return undefined;
    }
    const parts = splitFrontMatter(file.text, file.report);
    const front = readFrontMatter(parts, file.report);
    if (!front) return undefined;
    if (front.id !== id) file.report(1, `the id must be the file's name: "${id}", not "${front.id}"`);
    const text = textOf(id, parts.body, parts.bodyLine, path, folder);
    const quizFile = open(`${folder}/${id}.quiz.yaml`);
    const quiz = quizFile ? parseQuizFile(quizFile.text, quizFile.report) : [];
    for (const item of quiz) {
      if (!text.headings.some((heading) => heading.anchor === item.passage)) {
        quizFile?.report(
          item.line,
          `quiz item "${item.id}" points to a passage that "${id}" doesn't have: "${item.passage}"`,
        );
      }
    }
    const report = quizFile?.report ?? file.report;
    const shownQuiz = chapterQuiz(id, quiz, text.passages, { markdown, texStyles, report });
    const glossary = glossaries.get(id) ?? [];
    checkTermPassages(glossary, text, reportInto(problems, `${folder}/${id}.glossary.yaml`));
    const phrases = open(`${folder}/${id}.phrases.yaml`);
    const { objectiveAnchors: _anchors, objectivesLine: _line, formerLine: _former, ...said } = front;
    const chapter: Chapter = {
      ...said,
      sectionId: section.id,
      words: text.words,
      headings: text.headings,
      phrases: phrases ? parseTexts(phrases.text, phrases.report) : [],
      resources: entriesOf(`${folder}/${id}.resources.yaml`),
    };
    const prerequisitesLine = 1 + file.text.split('\n').findIndex((line) => line.startsWith('prerequisites:'));
    return { chapter, front, text, glossary, quiz, shownQuiz, file: path, prerequisitesLine };
  }

  const drafts: ChapterDraft[] = [];
  const sectionLinks: (LinkTarget & { line: number; file: string })[] = [];
  const sections = outline.sections.map((listed): Section => {
    const folder = `${listed.number}-${listed.id}`;
    const path = `${folder}/section.md`;
    const file = open(path);
    const parts = file && splitFrontMatter(file.text, file.report);
    const front = file && parts && readSectionFrontMatter(parts, file.report);
    if (!file) problems.push({ file: 'book.json', line: 1, message: `section "${listed.id}" has no file ${path}` });
    if (front && front.id !== listed.id) file.report(1, `the id must be "${listed.id}"`);
    const body = parts ? `## ${listed.title} {#overview}\n\n${parts.body}` : '';
    const overview = parts && textOf(listed.id, body, parts.bodyLine - 2, path, folder);
    for (const link of overview?.links ?? []) sectionLinks.push({ ...link, file: path });
    drafts.push(...listed.chapters.flatMap((id) => draftChapter(id, listed, folder) ?? []));
    return {
      id: listed.id,
      number: listed.number,
      title: listed.title,
      summary: front?.summary ?? '',
      html: overview?.html ?? '',
      chapterIds: listed.chapters,
      resources: entriesOf(`${folder}/section.resources.yaml`),
    };
  });

  const goalFile = open('goals.yaml');
  const chapters = new Map(drafts.map((draft) => [draft.chapter.id, draft]));
  const goals = goalFile
    ? checkGoals(
        parseGoalFile(goalFile.text, goalFile.report),
        { sections, chapterIds: new Set(chapters.keys()), resources },
        goalFile.report,
      )
    : [];
  for (const { file, line, id } of entryLines) {
    if (!resources.has(id)) problems.push({ file, line, message: `no resource "${id}" is listed in full anywhere` });
  }
  problems.push(
    ...checkPrerequisites(drafts),
    ...checkLengths(drafts),
    ...checkObjectives(drafts),
    ...checkEssentials(drafts),
    ...checkFormerNames(drafts),
    ...checkQuizAndGlossary(drafts),
    ...checkTerms(drafts),
    ...checkLinks(chapters, resources, sectionLinks),
  );
  for (const path of files.keys()) {
    if (!used.has(path) && path !== 'FORMAT.md')
      problems.push({ file: path, line: 1, message: 'nothing in book.json or a chapter uses this file' });
  }

  const { sections: _sections, ...head } = outline;
  return {
    problems: withoutRepeats(problems),
    book: {
      curriculum: {
        ...head,
        sections,
        goals,
        chapters: Object.fromEntries(drafts.map(({ chapter }) => [chapter.id, chapter])),
        resources: Object.fromEntries(resources),
      },
      passages: drafts.flatMap(({ chapter, text }) => [
        summaryPassage(chapter),
        ...text.passages,
        ...resourcesPassage(chapter, resources),
      ]),
      html: new Map(drafts.map(({ chapter, text }) => [chapter.id, text.html])),
      quizzes: new Map(
        drafts.flatMap(({ chapter, quiz, shownQuiz }) => (quiz.length > 0 ? [[chapter.id, shownQuiz]] : [])),
      ),
      glossary: terms.sort((a, b) => (a.term.toLowerCase() < b.term.toLowerCase() ? -1 : 1)),
      texStyleSheet: texStyleSheet(texStyles),
    },
  };
}

function termOf(chapterId: string, { term, aliases, definition, passage }: GlossaryEntry): Term {
  return { term, aliases, definition, passageId: passageId(chapterId, passage) };
}

/** A sentence is rendered twice, for the page and for quotation, and so is what is wrong with it. */
function withoutRepeats(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
