// The review card that a wrong answer makes.

import { quizSubject } from '../quizzes.ts';
import type { QuizItem } from '../quizzes.ts';
import type { CardText } from './studyEvent.ts';

/** The id of the card of an item: an item has one card, however often it is answered wrongly. */
export function cardIdOf({ chapterId, id }: Pick<QuizItem, 'chapterId' | 'id'>): string {
  return `quiz:${quizSubject(chapterId, id)}`;
}

/** The ids that it may have: cards keep theirs when the item's chapter is renamed. */
export function cardIdsOf(
  { chapterId, id }: Pick<QuizItem, 'chapterId' | 'id'>,
  formerIds: readonly string[],
): string[] {
  return [chapterId, ...formerIds].map((one) => cardIdOf({ chapterId: one, id }));
}

/** What stands on it. The choices are on the front: "What is true of it?" means nothing without them. */
export function cardOf(item: QuizItem): CardText {
  const origin = { chapterId: item.chapterId, anchor: item.anchor, itemId: item.id };
  const prompt = item.prompt.markdown;
  if (item.kind === 'recall') return { front: prompt, back: item.answer.markdown, origin };
  const right = item.choices.find(({ correct }) => correct);
  const list = item.choices.map(({ text }) => `- ${text.markdown}`).join('\n');
  return {
    front: `${prompt}\n\n${list}`,
    back: right ? `**${right.text.markdown}**\n\n${right.reason.markdown}` : '',
    origin,
  };
}
