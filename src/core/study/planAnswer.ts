// Answers to questions about the way through the handbook, from what the chapters need and how long they take.

import type { Chapter, Curriculum, Section } from '../curriculum.ts';
import { chaptersInOrder, sectionOf } from '../curriculum.ts';
import { findResource } from '../lookUp.ts';
import type { Passage } from '../passages.ts';
import { passageId } from '../passages.ts';
import { sectionTitle } from '../sectionTitle.ts';
import type { Translate } from '../translate.ts';
import { lengthWord } from '../words.ts';
import type { Named, NamesIn } from './names.ts';
import { neededLines } from './neededAnswer.ts';
import { allNeeds, directNeeds, pathThrough, studyOrder } from './needs.ts';
import { paceWord, periods } from './pace.ts';
import type { Pace } from './pace.ts';
import { counted, line, listed, minutesOf, quoted, stepLines } from './planLines.ts';
import type { Line } from './planLines.ts';
import type { PlanningQuestion } from './planningQuestion.ts';

export interface PlanAnswerParts {
  readonly curriculum: Curriculum;
  readonly passages: ReadonlyMap<string, Passage>;
  readonly namesIn: NamesIn;
  /** Whether the learner has studied a chapter. */
  readonly studied: (chapterId: string) => boolean;
  /** How much time the learner gives it, if they have said so before. */
  readonly pace?: Pace;
  readonly t: Translate;
}

/** More steps than these are told section by section. */
const mostSteps = 16;
/** So much is studied where nobody says how much. */
const usualPace: Pace = { minutes: 60, per: 'day' };

/** The companion's answer. */
export function planAnswer(question: PlanningQuestion, parts: PlanAnswerParts): Line[] {
  const saidKnown = new Set(
    question.known.flatMap(({ chapters }) =>
      chapters.flatMap((chapter) => [chapter, ...allNeeds(parts.curriculum, chapter)]).map(({ id }) => id),
    ),
  );
  const known = (id: string): boolean => saidKnown.has(id) || parts.studied(id);
  const pace = question.pace ?? parts.pace;
  switch (question.asks) {
    case 'before':
      return beforeLines(question.named, known, parts);
    case 'needed':
      return neededLines(question.one, question.goal, known, parts);
    case 'order':
      return orderLines(question.named, known, parts);
    case 'way':
      return wayLines(question.named, known, undefined, parts);
    case 'time':
      return wayLines(question.named, known, pace ?? usualPace, parts);
  }
}

type IsKnown = (chapterId: string) => boolean;

function chaptersOfAll(named: readonly Named[]): Chapter[] {
  return [...new Set(named.flatMap(({ chapters }) => chapters))];
}

function beforeLines(named: readonly Named[], known: IsKnown, parts: PlanAnswerParts): Line[] {
  const { curriculum, t } = parts;
  const goals = chaptersOfAll(named);
  const ids = new Set(goals.map(({ id }) => id));
  const path = pathThrough(curriculum, goals, (id) => known(id) && !ids.has(id)).filter(({ id }) => !ids.has(id));
  const direct = new Set(goals.flatMap((goal) => directNeeds(curriculum, goal)).filter(({ id }) => !ids.has(id)));
  const lines = goals.slice(0, 4).map((goal) => {
    const needs = directNeeds(curriculum, goal);
    return needs.length === 0
      ? line(t('“{0}” builds on no other chapter: you can start with it right away.', goal.title), [goal])
      : line(t('“{0}” builds directly on {1}.', goal.title, listed(needs, t)), [goal, ...needs]);
  });
  if (path.length === 0) {
    return direct.size === 0 ? lines : [...lines, line(t('You know all of that already.'), goals)];
  }
  const minutes = lengthWord(
    minutesOf(path, 'read', () => 0),
    t,
  );
  const others = path.length - path.filter((chapter) => direct.has(chapter)).length;
  lines.push(
    line(
      others > 0
        ? t(
            'With what those need in turn, {0} come before it, {1} to read, in this order:',
            counted(path.length, t),
            minutes,
          )
        : t('That is {0}, {1} to read, in this order:', counted(path.length, t), minutes),
      goals,
    ),
    ...steps(path, (chapter) => direct.has(chapter), curriculum, t),
  );
  return [...lines, ...readingLines(goals, parts)];
}

function orderLines(named: readonly Named[], known: IsKnown, { curriculum, t }: PlanAnswerParts): Line[] {
  const all = studyOrder(curriculum, chaptersOfAll(named));
  const ordered = all.filter(({ id }) => !known(id));
  const [first] = ordered;
  if (!first) return [line(t('You have studied {0} already.', listed(all, t)), all)];
  const among = new Set(ordered.map(({ id }) => id));
  const lines: Line[] = [];
  if (ordered.length <= 4) {
    const names = ordered.map(({ title }) => t('“{0}”', title));
    lines.push(line(t('First {0}.', names.join(t(', then '))), ordered));
  } else {
    lines.push(line(t('Start with “{0}”, and go on in this order:', first.title), [first]));
  }
  lines.push(...steps(ordered, () => ordered.length <= 4, curriculum, t));
  for (const chapter of ordered.length <= 6 ? ordered.slice(1) : []) {
    const needs = allNeeds(curriculum, chapter).filter(({ id }) => among.has(id));
    lines.push(
      needs.length === 0
        ? line(t('“{0}” needs none of the others, so you can also take it before them.', chapter.title), [chapter])
        : line(t('“{0}” builds on {1}.', chapter.title, listed(needs, t)), [chapter, ...needs]),
    );
  }
  const before = pathThrough(curriculum, ordered, (id) => known(id)).filter(({ id }) => !among.has(id));
  const [start] = before;
  if (start) {
    lines.push(
      line(
        t(
          'What they build on besides, if it is new to you, is {0}, {1} to read, beginning with “{2}”.',
          counted(before.length, t),
          lengthWord(
            minutesOf(before, 'read', () => 0),
            t,
          ),
          start.title,
        ),
        [start],
      ),
    );
  }
  return lines;
}

/** The way to something, with how long it takes at a pace if one is given. */
function wayLines(named: readonly Named[], known: IsKnown, pace: Pace | undefined, parts: PlanAnswerParts): Line[] {
  const { curriculum, t } = parts;
  const goals = chaptersOfAll(named);
  const path = pathThrough(curriculum, goals, known);
  const title = listed(named, t);
  const [first] = path;
  if (!first) return [line(t('You have studied {0} already, with all that it builds on.', title), goals.slice(0, 4))];
  const bySection = named.every(({ kind }) => kind === 'section');
  const left = goals.filter(({ id }) => !known(id));
  const asked = bySection && left.length > 0 ? left : path;
  const opening = named.every(({ kind }) => kind === 'goal') ? t('the goal {0}', title) : title;
  const lines: Line[] = [
    line(
      asked.length === 1
        ? t('For {0} one chapter is enough, {1} to read:', opening, length(asked, 'read', parts))
        : bySection
          ? t('{0} has {1}, {2} to read:', title, counted(asked.length, t), length(asked, 'read', parts))
          : t(
              'The shortest way to {0} is {1}, {2} to read, in this order:',
              opening,
              counted(asked.length, t),
              length(asked, 'read', parts),
            ),
      goals.slice(0, 3),
    ),
    ...steps(studyOrder(curriculum, asked), (chapter) => goals.length <= 3 && goals.includes(chapter), curriculum, t),
  ];
  if (pace) lines.push(...timeLines(asked, pace, parts));
  if (bySection) {
    const before = path.filter((chapter) => !asked.includes(chapter));
    if (before.length > 0) {
      lines.push(
        line(
          t(
            'They build on {0} before them, {1} more to read if those are new to you.',
            counted(before.length, t),
            length(before, 'read', parts),
          ),
          before.slice(0, 1),
        ),
      );
    }
    return lines;
  }
  if (asked.length > 1) lines.push(line(t('Start with “{0}”.', first.title), [first]));
  const others = chaptersInOrder(curriculum).filter(({ id }) => !known(id)).length - path.length;
  if (others > 0 && !pace) lines.push(line(t('The other {0} can wait.', counted(others, t)), [first]));
  return [...lines, ...readingLines(goals, parts)];
}

function timeLines(chapters: readonly Chapter[], pace: Pace, parts: PlanAnswerParts): Line[] {
  const { t } = parts;
  const cited = chapters.slice(0, 1);
  const spent = (depth: 'skim' | 'read' | 'study'): string => periodWord(minutes(chapters, depth, parts), pace, t);
  return [
    line(
      t('With the quizzes and the resource to read first of each chapter it is {0}.', length(chapters, 'study', parts)),
      cited,
    ),
    line(
      t(
        'At {0} that takes {1} for the chapters alone, {2} with everything.',
        paceWord(pace, t),
        spent('read'),
        spent('study'),
      ),
      cited,
    ),
    line(
      t('To skim them once, as a first pass, takes {0} ({1}).', length(chapters, 'skim', parts), spent('skim')),
      cited,
    ),
  ];
}

function periodWord(total: number, pace: Pace, t: Translate): string {
  const n = periods(total, pace);
  if (pace.per === 'day') return n === 1 ? t('1 day') : t('{0} days', n);
  return n === 1 ? t('1 week') : t('{0} weeks', n);
}

function minutes(
  chapters: readonly Chapter[],
  depth: 'skim' | 'read' | 'study',
  { curriculum }: PlanAnswerParts,
): number {
  return minutesOf(chapters, depth, (id) => findResource(curriculum, id)?.minutes ?? 0);
}

function length(chapters: readonly Chapter[], depth: 'skim' | 'read' | 'study', parts: PlanAnswerParts): string {
  return lengthWord(minutes(chapters, depth, parts), parts.t);
}

/** The steps, or, where there are too many to be told, their sections. */
function steps(
  chapters: readonly Chapter[],
  told: (chapter: Chapter) => boolean,
  curriculum: Curriculum,
  t: Translate,
): Line[] {
  if (chapters.length <= mostSteps) return stepLines(chapters, told, t);
  const sections = Map.groupBy(chapters, (chapter) => sectionOf(curriculum, chapter));
  return [...sections].map(([section, of], n) => ({ ...sectionLine(section, of, t), step: n + 1 }));
}

function sectionLine(section: Section | undefined, chapters: readonly Chapter[], t: Translate): Line {
  const title = section ? sectionTitle(section) : '';
  return line(
    t(
      '{0}: {1}, {2}.',
      title,
      counted(chapters.length, t),
      lengthWord(
        minutesOf(chapters, 'read', () => 0),
        t,
      ),
    ),
    chapters.slice(0, 1),
  );
}

/** What the handbook says is to be read first about a goal that is a single chapter. */
function readingLines(goals: readonly Chapter[], { passages, t }: PlanAnswerParts): Line[] {
  const [goal, another] = goals;
  if (!goal || another) return [];
  const passage = passages.get(passageId(goal.id, 'reading'));
  const [sentence] = passage?.sentences ?? [];
  return passage && sentence ? [quoted(passage, sentence, t('Once you are at “{0}”:', goal.title))] : [];
}
