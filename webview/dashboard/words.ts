// Numbers, times and days in words.

import { count } from '../dom.ts';

const dayMs = 24 * 60 * 60 * 1000;

// Written out, since making the browser's own formatters takes longer than drawing a plot.
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** "Mar", "Sept" */
export function shortMonth(day: number): string {
  const name = monthOf(dateOf(day));
  // As British English has it.
  return name === 'September' ? 'Sept' : name.slice(0, 3);
}

/** "Tuesday 3 March 2026" */
export function longDay(day: number): string {
  const date = dateOf(day);
  return `${weekdays[date.getUTCDay()] ?? ''} ${dayAndMonth(day)} ${date.getUTCFullYear()}`;
}

/** "3 Mar 2026" */
export function shortDay(day: number): string {
  const date = dateOf(day);
  return `${date.getUTCDate()} ${shortMonth(day)} ${date.getUTCFullYear()}`;
}

/** "3 March" */
export function dayAndMonth(day: number): string {
  const date = dateOf(day);
  return `${date.getUTCDate()} ${monthOf(date)}`;
}

function monthOf(date: Date): string {
  return months[date.getUTCMonth()] ?? '';
}

/** A day is a day of the learner's calendar, whatever the zone: plots place it as that day of universal time. */
export function dateOf(day: number): Date {
  return new Date(day * dayMs);
}

/** "25 min", "2 h 10 min" */
export function time(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes === 0) return ms > 0 ? 'under 1 min' : '0 min';
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** "91 %" */
export function percent(share: number): string {
  return `${Math.round(share * 100)}\u00a0%`;
}

/** "12,345" */
export function number(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** "12,345 reviews" */
export function amount(value: number, one: string, many?: string): string {
  return count(value, one, many).replace(String(value), number(value));
}

/** "25 min read, 14 reviews and 3 quiz answers"; `none` if it is nothing. */
export function activity(
  { readMs, reviews, quizzes }: { readonly readMs: number; readonly reviews: number; readonly quizzes: number },
  none: string,
): string {
  const parts = [
    ...(readMs > 0 ? [`${time(readMs)} read`] : []),
    ...(reviews > 0 ? [amount(reviews, 'review')] : []),
    ...(quizzes > 0 ? [amount(quizzes, 'quiz answer')] : []),
  ];
  if (parts.length === 0) return none;
  return parts.length === 1 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}
