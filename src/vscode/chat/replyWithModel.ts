// What the local model, or quoting in its place, replies where VS Code's own chat asks it.

import { randomUUID } from 'node:crypto';
import { setTimeout as nextTimer } from 'node:timers/promises';
import * as vscode from 'vscode';
import { inTurns } from '../../core/chat/prompt.ts';
import { createReplyReader } from '../../core/chat/toolReply.ts';
import { outputSchema, toolInstructions, withoutFillers } from '../../core/chat/toolSchema.ts';
import type { GenerateRequest } from '../../core/model/language.ts';
import { ModelError } from '../../core/model/modelError.ts';
import { toChatMessage } from './messages.ts';
import { outputTokens, type ChatModel, type StandIn } from './chatModel.ts';
import { signalOf } from './signalOf.ts';

export interface Asked {
  readonly info: vscode.LanguageModelChatInformation;
  readonly messages: readonly vscode.LanguageModelChatRequestMessage[];
  readonly options: vscode.ProvideLanguageModelChatResponseOptions;
  readonly progress: vscode.Progress<vscode.LanguageModelResponsePart>;
  readonly token: vscode.CancellationToken;
}

/** Writes the reply to `asked.progress`; throws what VS Code is to show. */
export async function replyWithModel(model: ChatModel, standIn: StandIn, asked: Asked): Promise<void> {
  const { info, messages, options, progress, token } = asked;
  const signal = signalOf(token);
  const say = (text: string): void => {
    progress.report(new vscode.LanguageModelTextPart(text));
  };
  if (model.line.state === 'none') {
    const question = messages.map(toChatMessage).findLast(({ role }) => role === 'user')?.text ?? '';
    for await (const text of standIn(question, signal)) say(text);
    return;
  }
  const tools = options.tools ?? [];
  const mustCall = tools.length > 0 && options.toolMode === vscode.LanguageModelChatToolMode.Required;
  const schemaFor = new Map(tools.map(({ name, inputSchema }) => [name, inputSchema]));
  const reader = tools.length > 0 ? createReplyReader() : undefined;
  const request: Omit<GenerateRequest, 'maxTokens'> = {
    messages: inTurns(messages.map(toChatMessage), reader ? toolInstructions(tools, mustCall) : ''),
    priority: 'foreground',
    ...(reader && { jsonSchema: outputSchema(tools, mustCall), thoughts: 'off' as const }),
  };
  const tell = (parts: ReturnType<NonNullable<typeof reader>['append']>): void => {
    for (const part of parts) {
      if (part.type === 'call' && schemaFor.has(part.tool)) {
        const input = withoutFillers(part.input, schemaFor.get(part.tool));
        progress.report(new vscode.LanguageModelToolCallPart(randomUUID(), part.tool, input));
      } else if (part.type === 'text') say(part.text);
      else
        say(
          vscode.l10n.t(
            'The model tried to call a tool and didn’t get to the end of it. Ask again, or ask with fewer tools.',
          ),
        );
    }
  };
  try {
    // How much room there is isn't known before; what `info` says may be from then.
    await model.load(signal);
    const maxTokens = model.card ? outputTokens(model.card.contextTokens) : info.maxOutputTokens;
    let cut = false;
    for await (const event of model.generate({ ...request, maxTokens }, signal)) {
      if (event.type === 'end') cut = event.reason === 'length';
      if (event.type === 'text' && event.segment === 'answer') {
        if (reader) tell(reader.append(event.text));
        else say(event.text);
      }
    }
    if (token.isCancellationRequested) return;
    const last = reader?.end() ?? [];
    tell(last);
    if (cut && !last.some(({ type }) => type === 'malformed')) {
      // VS Code forgets what it hasn't handed on when it learns of an error.
      await nextTimer(handedOnMs);
      throw cutShort(maxTokens);
    }
  } catch (error) {
    if (token.isCancellationRequested) return;
    // What it says is for the learner; VS Code shows the message of what is thrown.
    throw error instanceof ModelError || error instanceof Error ? new Error(error.message, { cause: error }) : error;
  }
}

/** The time that VS Code takes to hand on what was written last, in milliseconds. */
const handedOnMs = 50;

/** What was written stays; VS Code has no other way to learn that it isn't all. */
function cutShort(tokens: number): Error {
  return new Error(
    vscode.l10n.t(
      'The answer stopped at its length limit of {0} tokens. Ask for a shorter one, or give the model a larger context in the settings.',
      tokens,
    ),
  );
}
