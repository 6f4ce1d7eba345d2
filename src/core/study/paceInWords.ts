// The time somebody says they have: "an hour a week", "two evenings a week", "30 min every morning", "ten hours a month".

import type { Pace } from './pace.ts';

const numbers: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  'forty-five': 45,
  sixty: 60,
  ninety: 90,
  'a couple of': 2,
  'a few': 3,
  'half a': 0.5,
  'half an': 0.5,
  'a quarter of an': 0.25,
};

const amount = `(\\d+(?:[.,]\\d+)?|${Object.keys(numbers)
  .sort((a, b) => b.length - a.length)
  .join('|')})`;
const unit = '(hours?|hrs?|h|minutes?|mins?|min|m|evenings?|nights?|mornings?|afternoons?)';
const period =
  '(day|evening|night|morning|afternoon|lunch(?: break)?|commute|weekday|week|weekend|saturday|sunday|month|daily|weekly)s?';
const said = new RegExp(
  `(?<![\\w.])${amount}[\\s-]*${unit}\\b\\s*(?:of (?:time|study|reading)\\s*)?(?:every|each|per|an|a|in the|on|of an|\\/)?\\s*(?:single\\s+|other\\s+|my\\s+)?\\b${period}\\b`,
  'i',
);

/** An evening, where nothing is said about its length. */
const eveningMinutes = 60;
const weeksInMonth = 52 / 12;

/** The pace that a text speaks of, if it does. */
export function paceIn(text: string): Pace | undefined {
  const [, many = '', each = '', every = ''] = said.exec(text.replaceAll('’', "'")) ?? [];
  if (many === '') return undefined;
  const count = numbers[many.toLowerCase()] ?? Number(many.replace(',', '.'));
  const minutes = count * unitMinutes(each.toLowerCase());
  if (!(minutes >= 1)) return undefined;
  const pace = spread(minutes, every.toLowerCase());
  return pace.minutes <= (pace.per === 'day' ? 24 * 60 : 7 * 24 * 60) ? pace : undefined;
}

function unitMinutes(unitWord: string): number {
  if (unitWord.startsWith('h')) return 60;
  return unitWord === 'm' || unitWord.startsWith('min') ? 1 : eveningMinutes;
}

function spread(minutes: number, every: string): Pace {
  switch (every) {
    case 'week':
    case 'weekly':
    case 'weekend':
    case 'saturday':
    case 'sunday':
      return { minutes: Math.round(minutes), per: 'week' };
    case 'weekday':
      return { minutes: Math.round(minutes * 5), per: 'week' };
    case 'month':
      return { minutes: Math.max(1, Math.round(minutes / weeksInMonth)), per: 'week' };
    default:
      return { minutes: Math.max(1, Math.round(minutes)), per: 'day' };
  }
}
