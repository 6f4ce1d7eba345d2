import * as vscode from 'vscode';
import { declineText } from '../../core/answer/declineText.ts';
import type { AnswerSentence } from '../../core/answer.ts';
import { sentenceGap, stepMark } from '../../core/answer/sentenceGap.ts';
import { say } from '../say.ts';
import type { Study } from '../study.ts';
import type { StandIn } from './chatModel.ts';

/** What the picker's entry says while no model is chosen: how to get one, and what the handbook says about the question. */
export function quotes(study: Study): StandIn {
  return async function* (question, signal) {
    yield `${vscode.l10n.t('No model is chosen yet, so this is quoted from the handbook. Run “Handbook: Choose a Model” to have it explained.')}\n\n`;
    const { answer } = await study.text();
    const titles = new Map<number, string>();
    let said: AnswerSentence | undefined;
    for await (const event of answer({ text: question, history: [] })) {
      if (signal.aborted) return;
      if (event.type === 'sources') {
        for (const { number, chapterTitle, heading } of event.sources)
          titles.set(number, `${chapterTitle}: ${heading}`);
      } else if (event.type === 'sentence') {
        const { text, citations } = event.sentence;
        const cited = citations.map((number) => ` [${number}]`).join('');
        yield `${sentenceGap(said, event.sentence)}${stepMark(event.sentence)}${text}${cited}`;
        said = event.sentence;
      } else if (event.type === 'declined') {
        yield declineText(event, undefined, say);
      }
    }
    if (titles.size > 0) yield `\n\n${[...titles].map(([number, title]) => `[${number}] ${title}`).join('\n\n')}`;
  };
}
