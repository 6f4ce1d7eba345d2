// What travels between the learner's machines through VS Code's Settings Sync: a choice of events, small enough to be a
// setting. Merging a digest is uniting events, so it makes no difference how often, in which order and by which machine it is
// done. What is chosen is a function of the history alone: machines that know the same write the same.

import { foldCard } from '../study/cardHistory.ts';
import { compareEvents } from '../study/eventBase.ts';
import type { Scheduler } from '../study/schedule.ts';
import type { CardEvent, StudyEvent, StudyEventKind, StudyEventOf } from '../study/studyEvent.ts';
import { scheduleEvent } from './scheduleEvent.ts';

/** The kinds that a digest is made of. Notes and reading times stay on their machine. */
export const digestKinds = [
  'chapter',
  'resource',
  'position',
  'goal',
  'quiz',
  'card',
  'suspend',
  'review',
  'undo',
  'schedule',
  'erase',
] as const satisfies readonly StudyEventKind[];
export type DigestEvent = StudyEventOf<(typeof digestKinds)[number]>;

/** So many of the newest reviews travel one by one; older ones as the schedule they led to. */
export const reviewWindow = 2000;
/** Longer cards stay on their machine: with a few of them nothing else would fit. */
export const longestCard = 8000;

/** The choice, in parts that are kept apart so that one can't crowd out another; of each the first come first. */
export interface Digest {
  /** Marks, the plan, suspended and removed cards, quizzes, the newest reviews. */
  readonly history: readonly DigestEvent[];
  /** Of the cards whose reviews are older. */
  readonly schedules: readonly StudyEventOf<'schedule'>[];
  /** What stands on the learner's cards. */
  readonly cards: readonly StudyEventOf<'card'>[];
}

/** Chooses from a history what travels; `besides`: events that do in any case. */
export function digestOf(
  events: Iterable<StudyEvent>,
  scheduler: Scheduler,
  besides: readonly DigestEvent[] = [],
): Digest {
  const all = [...sinceErased(events)].sort((a, b) => compareEvents(b, a));
  const of = <K extends StudyEventKind>(...kinds: readonly K[]): StudyEventOf<K>[] =>
    all.filter((event): event is StudyEventOf<K> => kinds.some((kind) => kind === event.kind));
  const erased = of('erase').slice(0, 1);
  const marks = newestOfEach(of('goal', 'chapter', 'resource', 'position', 'suspend', 'quiz'));
  const cards = newestOfEach(of('card'));
  const answered = of('review', 'undo');
  const removed = new Set(cards.flatMap((event) => (event.card ? [] : [event.subject])));
  const history: readonly DigestEvent[] = [
    ...erased,
    ...sinceErased([...erased, ...besides]).filter(isDigestEvent),
    ...marks.filter(({ kind }) => kind !== 'quiz'),
    ...cards.filter((event) => !event.card),
    ...answered.slice(0, reviewWindow),
    ...marks.filter(({ kind }) => kind === 'quiz'),
  ];
  return {
    history: [...new Map(history.map((event) => [event.id, event])).values()],
    schedules: schedulesBefore(all, answered.slice(reviewWindow), scheduler).filter(
      ({ subject }) => !removed.has(subject),
    ),
    cards: cards.filter(({ card }) => card && card.front.length + card.back.length <= longestCard),
  };
}

/** The events after everything was last erased, that one included. */
export function sinceErased(events: Iterable<StudyEvent>): StudyEvent[] {
  const all = [...events];
  const erased = all.reduce((latest, { kind, at }) => (kind === 'erase' ? Math.max(latest, at) : latest), -1);
  return all.filter(({ kind, at }) => at > erased || (kind === 'erase' && at === erased));
}

function isDigestEvent(event: StudyEvent): event is DigestEvent {
  return digestKinds.some((kind) => kind === event.kind);
}

/** Of events, newest first, the first of each kind and subject. */
function newestOfEach<E extends StudyEvent>(events: readonly E[]): E[] {
  return [...new Map(events.toReversed().map((event) => [`${event.kind} ${event.subject}`, event])).values()].sort(
    (a, b) => compareEvents(b, a),
  );
}

/** The schedules of cards at the end of their `old` reviews, or that other machines sent; the newest first. */
function schedulesBefore(
  all: readonly StudyEvent[],
  old: readonly StudyEventOf<'review' | 'undo'>[],
  scheduler: Scheduler,
): StudyEventOf<'schedule'>[] {
  const bySubject = new Map<string, CardEvent[]>();
  const add = (event: CardEvent): void => {
    const events = bySubject.get(event.subject);
    if (events) events.push(event);
    else bySubject.set(event.subject, [event]);
  };
  for (const event of old) if (event.kind === 'review') add(event);
  for (const event of all) if (event.kind === 'schedule') add(event);
  // A review may be taken back later than the newest of the old ones.
  for (const event of all) if (event.kind === 'undo' && bySubject.has(event.subject)) add(event);
  return [...bySubject]
    .flatMap(([cardId, events]) => scheduleAfter(cardId, events, scheduler) ?? [])
    .sort((a, b) => compareEvents(b, a));
}

/** The schedule of a card after some of its events, as an event: the one that was sent, if it is the newest of them. */
export function scheduleAfter(
  cardId: string,
  events: readonly CardEvent[],
  scheduler: Scheduler,
): StudyEventOf<'schedule'> | undefined {
  const { schedule, reviews } = foldCard(cardId, events, scheduler);
  const sent = events
    .filter((event) => event.kind === 'schedule')
    .sort(compareEvents)
    .at(-1);
  const last = reviews.at(-1);
  if (sent && (!last || compareEvents(sent, { id: last.eventId, at: last.at }) > 0)) return sent;
  return last && scheduleEvent(cardId, last.at, schedule);
}

/** Which of the events of a digest a history should take in; `events` are those of the history. */
export function toTakeIn(
  digest: Iterable<StudyEvent>,
  events: readonly StudyEvent[],
  scheduler: Scheduler,
): StudyEvent[] {
  const offered = [...digest];
  const erased = sinceErased([...events, ...offered]).find(({ kind }) => kind === 'erase');
  const wanted = erased ? offered.filter(({ at }) => at >= erased.at) : offered;
  const ofCards = Map.groupBy(
    events.filter((event) => event.kind === 'review' || event.kind === 'undo' || event.kind === 'schedule'),
    ({ subject }) => subject,
  );
  return wanted.filter((event) => {
    if (event.kind !== 'schedule') return true;
    const own = ofCards.get(event.subject) ?? [];
    // What we have seen ourselves we needn't be told, unless we would tell it differently.
    const until = own.filter(({ kind, at }) => kind === 'undo' || at <= event.at);
    const mine = scheduleAfter(event.subject, until, scheduler);
    return !mine || compareEvents(mine, event) < 0;
  });
}
