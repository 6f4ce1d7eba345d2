// Chapters that were renamed. What the learner did keeps the ids it was written with, for ever; whoever reads it sees the ids
// of this edition of the handbook. Ids that no edition knows stay as they are.

import type { Conversation, Turn } from '../answer.ts';
import type { Curriculum } from '../curriculum.ts';
import { parsePassageId, passageId } from '../passages.ts';
import type { StudyEvent } from './studyEvent.ts';

/** What ids and anchors of earlier editions are called now. */
export interface Edition {
  /** Former id of a chapter → its id. */
  readonly chapters: ReadonlyMap<string, string>;
  /** Id of a chapter → former anchor → its anchor. */
  readonly anchors: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** One in which nothing was ever renamed. */
export const noEdition: Edition = { chapters: new Map(), anchors: new Map() };

/** The edition that `curriculum` is. */
export function editionOf(curriculum: Curriculum): Edition {
  const chapters = Object.values(curriculum.chapters);
  return {
    chapters: new Map(chapters.flatMap(({ id, formerIds = [] }) => formerIds.map((former) => [former, id] as const))),
    anchors: new Map(chapters.map(({ id, movedAnchors = {} }) => [id, new Map(Object.entries(movedAnchors))])),
  };
}

/** What a chapter is called now. */
export function chapterNow({ chapters }: Edition, id: string): string {
  return chapters.get(id) ?? id;
}

function anchorNow(edition: Edition, chapterId: string, anchor: string): string {
  return edition.anchors.get(chapterNow(edition, chapterId))?.get(anchor) ?? anchor;
}

/** What a passage is called now. */
export function passageNow(edition: Edition, id: string): string {
  const address = parsePassageId(id);
  if (!address) return id;
  const { chapterId, anchor } = address;
  return passageId(chapterNow(edition, chapterId), anchorNow(edition, chapterId, anchor));
}

/** An event as this edition would have written it. */
export function eventNow<E extends StudyEvent>(edition: Edition, event: E): E;
export function eventNow(edition: Edition, event: StudyEvent): StudyEvent {
  const subject = chapterNow(edition, event.subject);
  switch (event.kind) {
    case 'chapter':
    case 'reading':
      return { ...event, subject };
    case 'position': {
      const anchor = anchorNow(edition, event.subject, event.position.anchor);
      return { ...event, subject, position: { ...event.position, anchor } };
    }
    case 'quiz':
      return { ...event, subject: quizSubjectNow(edition, event.subject) };
    case 'card': {
      if (!event.card?.origin) return event;
      const { chapterId, anchor } = event.card.origin;
      const moved = anchor === undefined ? {} : { anchor: anchorNow(edition, chapterId, anchor) };
      const origin = { ...event.card.origin, chapterId: chapterNow(edition, chapterId), ...moved };
      return { ...event, card: { ...event.card, origin } };
    }
    case 'note': {
      if (!event.note) return event;
      const { chapterId, anchor } = event.note;
      const place = { chapterId: chapterNow(edition, chapterId), anchor: anchorNow(edition, chapterId, anchor) };
      return { ...event, note: { ...event.note, ...place } };
    }
    case 'goal': {
      if (event.goal?.type !== 'chapter') return event;
      return { ...event, goal: { ...event.goal, id: chapterNow(edition, event.goal.id) } };
    }
    // A card keeps its id, wherever it comes from.
    case 'resource':
    case 'review':
    case 'undo':
    case 'suspend':
    case 'schedule':
    case 'erase':
      return event;
  }
}

/** What the subject of a quiz answer, `chapterId/itemId`, is called now. */
export function quizSubjectNow(edition: Edition, subject: string): string {
  const slash = subject.indexOf('/');
  return slash < 0 ? subject : `${chapterNow(edition, subject.slice(0, slash))}${subject.slice(slash)}`;
}

/** A conversation whose citations and chapters are those of this edition. */
export function conversationNow(edition: Edition, conversation: Conversation): Conversation {
  return { ...conversation, turns: conversation.turns.map((turn) => turnNow(edition, turn)) };
}

function turnNow(edition: Edition, turn: Turn): Turn {
  const { about, seen } = turn;
  return {
    ...turn,
    ...(about && { about: { ...about, chapterId: chapterNow(edition, about.chapterId) } }),
    sources: turn.sources.map((source) => ({
      ...source,
      chapterId: chapterNow(edition, source.chapterId),
      passageId: passageNow(edition, source.passageId),
    })),
    ...(seen && {
      seen: {
        ...seen,
        passages: seen.passages.map((one) => ({ ...one, passageId: passageNow(edition, one.passageId) })),
      },
    }),
  };
}
