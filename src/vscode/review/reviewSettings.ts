import type { LocalOffset } from '../../core/study/days.ts';

/** How the learner wants to review. */
export interface ReviewSettings {
  readonly newPerDay: number;
  readonly reviewsPerDay: number;
  /** From 0 to 1. */
  readonly retention: number;
  /** FSRS's numbers as they were written, not yet judged; undefined for those it comes with. */
  readonly weights?: readonly unknown[];
  /** The hour at which a day starts. */
  readonly dayStartsAt: number;
  /** Whether the number of cards that are due is shown. */
  readonly showDue: boolean;
}

/** What gives the value of a setting by its name. */
interface SettingsBag {
  readonly get: (name: string) => unknown;
}

/** Reads the settings; a value that makes no sense counts as the default. */
export function parseReviewSettings(settings: SettingsBag): ReviewSettings {
  const weights = settings.get('review.weights');
  return {
    newPerDay: whole(settings.get('review.newPerDay'), 0, 9999) ?? 20,
    reviewsPerDay: whole(settings.get('review.reviewsPerDay'), 0, 9999) ?? 200,
    retention: between(settings.get('review.retention'), 0.7, 0.99) ?? 0.9,
    ...(Array.isArray(weights) && weights.length > 0 && { weights: weights as readonly unknown[] }),
    dayStartsAt: whole(settings.get('review.dayStartsAt'), 0, 23) ?? 4,
    showDue: settings.get('review.showDue') !== false,
  };
}

/** How far the local clock is ahead, where a day begins at `startsAt` o'clock. */
export function localOffset(startsAt: number): LocalOffset {
  return (at) => -new Date(at).getTimezoneOffset() * 60_000 - startsAt * 60 * 60_000;
}

function between(value: unknown, least: number, most: number): number | undefined {
  return typeof value === 'number' && value >= least && value <= most ? value : undefined;
}

function whole(value: unknown, least: number, most: number): number | undefined {
  return Number.isInteger(value) ? between(value, least, most) : undefined;
}
