// Answering with a model. A bundle of its own: what renders an answer is large, and without a model it isn't needed.

import { createAnswerMemory, createModelAnswerer } from '../../core/answer/modelAnswerer.ts';
import { chapterPrefix, wholeChapter } from '../../core/answer/promptLayout.ts';
import type { ChatMessage } from '../../core/model/language.ts';
import type { AnswerEvent } from '../../core/answer.ts';
import type { Question } from '../../core/question.ts';
import { say } from '../say.ts';
import type { OpenStudy } from '../study.ts';
import type { LocalModel } from './localModel.ts';
import { answeringModel } from './openAnswering.ts';
import type { PassageMeaning } from './passageMeaning.ts';

export interface ModelAnswering {
  readonly answer: (question: Question, signal: AbortSignal) => AsyncIterable<AnswerEvent>;
  /** What questions about a chapter begin with; undefined where it leaves too little of the context for a question. */
  readonly prefix: (chapterId: string, signal: AbortSignal) => Promise<readonly ChatMessage[] | undefined>;
}

/** The most of the context that a chapter read ahead may take. */
const mostOfContext = 0.7;

export function createModelAnswering(text: OpenStudy, model: LocalModel, meaning: PassageMeaning): ModelAnswering {
  const { curriculum, index, passages, retrieve, lookUp, saved } = text;
  const memory = createAnswerMemory();
  return {
    answer: (question, signal) =>
      text.planning(
        createModelAnswerer({
          curriculum,
          index,
          passages,
          retrieve,
          lookUp,
          saved,
          ...(meaning.wanted && {
            retrieveMore: (asked, found) => meaning.retrieveMore(asked, found, text, signal),
          }),
          quote: text.answer,
          model: answeringModel(model, signal),
          memory,
          t: say,
        }),
      )(question),
    prefix: async (chapterId, signal) => {
      const chapter = wholeChapter(passages, chapterId);
      const { card } = model;
      if (chapter.length === 0 || !card) return undefined;
      const messages = chapterPrefix(chapter, curriculum.chapters[chapterId]?.title ?? '');
      const tokens = await model.countPrompt(messages, signal);
      return tokens <= card.contextTokens * mostOfContext ? messages : undefined;
    },
  };
}
