// @handbook in VS Code's own chat. How it answers is loaded with the first question.

import * as vscode from 'vscode';
import type { AskAnswers } from '../askAnswers.ts';
import type { LocalLibrary } from '../library/localLibrary.ts';
import type { Problems } from '../problems.ts';
import type { Study } from '../study.ts';
import { signalOf } from './signalOf.ts';

export const participantId = 'handbook.participant';

export interface ParticipantParts {
  readonly study: Study;
  readonly answers: AskAnswers;
  readonly problems: Problems;
  readonly icon: vscode.Uri;
  /** The chapter that is being read, which "this chapter" means. */
  readonly reading: () => string | undefined;
  readonly library: Pick<LocalLibrary, 'exists'>;
}

export function registerParticipant(parts: ParticipantParts): vscode.Disposable {
  const participant = vscode.chat.createChatParticipant(participantId, async (request, context, stream, token) => {
    const { answerInChat } = await import('./answerInChat.ts');
    return answerInChat(parts, request, context, stream, signalOf(token));
  });
  participant.iconPath = parts.icon;
  participant.followupProvider = {
    provideFollowups: async (result) => {
      const { followupsOf } = await import('./answerInChat.ts');
      return followupsOf(parts.study, result);
    },
  };
  return vscode.Disposable.from(participant);
}
