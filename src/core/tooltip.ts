// The Markdown tooltips of the tree's rows.

import type { Chapter, Curriculum, Resource, Section } from './curriculum.ts';
import { findChapter } from './lookUp.ts';
import { chapterState, resourceState, tally } from './progress.ts';
import type { Progress } from './progress.ts';
import { sectionTitle } from './sectionTitle.ts';
import type { Translate } from './translate.ts';
import { chapterStateWord, dotted, kindWord, lengthWord, resourceStateWord } from './words.ts';

export function sectionTooltip(section: Section, progress: Progress, t: Translate): string {
  const counted = tally(progress, section.chapterIds);
  return paragraphs(
    `**${escaped(sectionTitle(section))}**`,
    escaped(section.summary),
    t('{0} of {1} studied, {2} skimmed', counted.studied, counted.total, counted.skimmed),
  );
}

export function chapterTooltip(curriculum: Curriculum, chapter: Chapter, progress: Progress, t: Translate): string {
  const facts = dotted(
    chapterStateWord(chapterState(progress, chapter.id), t),
    lengthWord(chapter.minutes, t),
    chapter.status === 'outline' ? t('outline: the text is still short') : '',
  );
  const needed = chapter.prerequisites.flatMap((id) => findChapter(curriculum, id) ?? []);
  const needs = needed.map(
    (each) => `- ${escaped(each.title)} (${chapterStateWord(chapterState(progress, each.id), t)})`,
  );
  const objectives = chapter.objectives.map((objective) => `- ${escaped(objective)}`);
  return paragraphs(
    `**${escaped(chapter.title)}**`,
    facts,
    escaped(chapter.summary),
    list(t('You will be able to'), objectives),
    list(t('Read first'), needs),
  );
}

export function resourceTooltip(
  resource: Resource,
  note: string,
  host: string,
  progress: Progress,
  t: Translate,
): string {
  const year = resource.year === undefined ? '' : String(resource.year);
  const facts = dotted(
    kindWord(resource.kind, t),
    levelWord(resource.level, t),
    lengthWord(resource.minutes, t),
    accessWord(resource.access, t),
    resourceStateWord(resourceState(progress, resource.id), t),
  );
  return paragraphs(
    `**${escaped(resource.title)}**`,
    escaped(dotted(resource.creators, year)),
    escaped(note),
    facts,
    escaped(host),
  );
}

function levelWord(level: Resource['level'], t: Translate): string {
  switch (level) {
    case 'intro':
      return t('introductory');
    case 'intermediate':
      return t('intermediate');
    case 'advanced':
      return t('advanced');
  }
}

function accessWord(access: Resource['access'], t: Translate): string {
  switch (access) {
    case 'free':
      return '';
    case 'login':
      return t('needs a login');
    case 'paywalled':
      return t('paywalled');
  }
}

function list(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `${title}:\n${items.join('\n')}`;
}

function paragraphs(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Plain text as Markdown that shows exactly that text. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$]/g, '\\$&').replace(/\s+/g, ' ');
}
