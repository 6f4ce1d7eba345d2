// @handbook in VS Code's own chat. How it answers is loaded with the first question.

import * as vscode from 'vscode';
import type { ParticipantParts } from './answerInChat.ts';
import { signalOf } from './signalOf.ts';

export const participantId = 'handbook.participant';

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
