// Everything of the companion that lives in VS Code's own chat.

import * as vscode from 'vscode';
import type { AskAnswers } from '../askAnswers.ts';
import type { LocalLibrary } from '../library/localLibrary.ts';
import type { PassageMeaning } from '../model/passageMeaning.ts';
import type { Problems } from '../problems.ts';
import type { Study } from '../study.ts';
import { registerMcp } from './mcp.ts';
import { registerParticipant } from './participant.ts';
import { registerPassageDocuments } from './passageDocuments.ts';
import { registerProvider } from './provider.ts';
import type { ChatModel } from './chatModel.ts';
import { quotes } from './quotes.ts';
import { registerTools } from './tools.ts';

export interface ChatParts {
  readonly context: Pick<vscode.ExtensionContext, 'extension' | 'extensionUri'>;
  readonly study: Study;
  readonly answers: AskAnswers;
  readonly meaning: Pick<PassageMeaning, 'retrieveMore'>;
  readonly model: ChatModel;
  readonly problems: Problems;
  /** The chapter that is being read. */
  readonly reading: () => string | undefined;
  readonly library: Pick<LocalLibrary, 'exists'>;
}

export function registerChat({
  context,
  study,
  answers,
  meaning,
  model,
  problems,
  reading,
  library,
}: ChatParts): vscode.Disposable {
  const icon = vscode.Uri.joinPath(context.extensionUri, 'media', 'icon.svg');
  return vscode.Disposable.from(
    registerPassageDocuments(study),
    registerTools(study, meaning),
    registerMcp(context.extension, study),
    registerProvider(model, quotes(study)),
    registerParticipant({ study, answers, problems, icon, reading, library }),
  );
}
