// The words the interface has for states, kinds and lengths, in one place so that every view says the same.

import type { ResourceKind } from './curriculum.ts';
import type { ChapterState, ResourceState } from './progress.ts';
import type { Translate } from './translate.ts';

export function chapterStateWord(state: ChapterState, t: Translate): string {
  switch (state) {
    case 'not-started':
      return t('not started');
    case 'skimmed':
      return t('skimmed');
    case 'studied':
      return t('studied');
  }
}

export function resourceStateWord(state: ResourceState, t: Translate): string {
  switch (state) {
    case 'to-do':
      return t('to do');
    case 'doing':
      return t('doing');
    case 'done':
      return t('done');
    case 'skipped':
      return t('skipped');
  }
}

export function kindWord(kind: ResourceKind, t: Translate): string {
  switch (kind) {
    case 'article':
      return t('article');
    case 'benchmark':
      return t('benchmark');
    case 'blog':
      return t('blog post');
    case 'book':
      return t('book');
    case 'book-chapter':
      return t('book chapter');
    case 'course':
      return t('course');
    case 'discussion':
      return t('discussion');
    case 'docs':
      return t('documentation');
    case 'lecture-notes':
      return t('lecture notes');
    case 'paper':
      return t('paper');
    case 'slides':
      return t('slides');
    case 'talk':
      return t('talk');
    case 'tool':
      return t('tool');
    case 'video':
      return t('video');
    case 'video-series':
      return t('video series');
  }
}

/** "45 min", "2 h", "2 h 30 min"; empty where the length isn't known. */
export function lengthWord(minutes: number, t: Translate): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (minutes <= 0) return '';
  if (hours === 0) return t('{0} min', rest);
  return rest === 0 ? t('{0} h', hours) : t('{0} h {1} min', hours, rest);
}

/** A length as it is read aloud. */
export function spokenLength(minutes: number, t: Translate): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const spokenHours = hours === 0 ? '' : hours === 1 ? t('1 hour') : t('{0} hours', hours);
  const spokenRest = rest === 0 ? '' : rest === 1 ? t('1 minute') : t('{0} minutes', rest);
  return minutes <= 0 ? '' : [spokenHours, spokenRest].filter((part) => part !== '').join(' ');
}

/** What there is of `parts`, separated the way descriptions are. */
export function dotted(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
