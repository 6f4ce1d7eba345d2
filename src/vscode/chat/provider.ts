// The local model in VS Code's own model picker. There is always an entry: with none, VS Code would never call the
// @handbook participant and would say "Language model unavailable".

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { inTurns } from '../../core/chat/prompt.ts';
import { createReplyReader } from '../../core/chat/toolReply.ts';
import { outputSchema, toolInstructions, withoutFillers } from '../../core/chat/toolSchema.ts';
import type { GenerateEvent, GenerateRequest, ModelCard } from '../../core/model/language.ts';
import { ModelError } from '../../core/model/modelError.ts';
import type { ModelLine } from '../../protocol/ask.ts';
import { signalOf } from './signalOf.ts';
import { toChatMessage } from './messages.ts';

export const vendor = 'handbook';

/** What the provider needs of the local model. */
export interface ChatModel {
  readonly line: ModelLine;
  readonly onDidChange: vscode.Event<unknown>;
  /** Undefined until the model has been loaded. */
  readonly card: ModelCard | undefined;
  readonly generate: (request: GenerateRequest, signal: AbortSignal) => AsyncIterable<GenerateEvent>;
  readonly countTokens: (texts: readonly string[], signal: AbortSignal) => Promise<readonly number[]>;
}

/** Assumed of a model that hasn't been loaded yet; the true number follows when it has. */
const usualContext = 8192;

/** The share of the context that an answer may take. */
const outputShare = 1 / 4;

const charactersPerToken = 4;

/** Answers in place of a model while none is chosen. */
export type StandIn = (question: string, signal: AbortSignal) => AsyncIterable<string>;

/** Registers the provider and makes VS Code list its models. */
export function registerProvider(model: ChatModel, standIn: StandIn): vscode.Disposable {
  const registered = vscode.lm.registerLanguageModelChatProvider(vendor, {
    onDidChangeLanguageModelChatInformation: (listener, thisArgs, disposables) =>
      model.onDidChange(
        () => {
          listener.call(thisArgs);
        },
        undefined,
        disposables,
      ),
    provideLanguageModelChatInformation: () => [information(model)],
    provideLanguageModelChatResponse: (info, messages, options, progress, token) =>
      respond(model, standIn, { info, messages, options, progress, token }),
    provideTokenCount: async (_info, text, token) => {
      const words = typeof text === 'string' ? text : toChatMessage(text).text;
      // Counting must not load gigabytes of weights.
      if (!model.card) return Math.ceil(words.length / charactersPerToken);
      const [count = 0] = await model.countTokens([words], signalOf(token));
      return count;
    },
  });
  // VS Code asks a provider for its models only once somebody wants one.
  void vscode.lm.selectChatModels({ vendor }).then(undefined, () => undefined);
  return registered;
}

/** The one model of the picker: what is chosen, or quoting. */
export function information({ line, card }: Pick<ChatModel, 'line' | 'card'>): vscode.LanguageModelChatInformation {
  const none = line.state === 'none';
  const context = card?.contextTokens ?? usualContext;
  const output = Math.floor(context * outputShare);
  return {
    id: none ? 'quotes' : 'local',
    name: none ? vscode.l10n.t('Handbook (quotes)') : line.name,
    family: card?.architecture ?? 'handbook',
    version: card?.modelHash.slice(0, 12) ?? '1',
    maxInputTokens: context - output,
    maxOutputTokens: output,
    detail: none ? vscode.l10n.t('no model chosen yet') : vscode.l10n.t('on this machine'),
    tooltip: none
      ? vscode.l10n.t('Answers by quoting the handbook. Choose a model with “Handbook: Choose a Model”.')
      : vscode.l10n.t('Runs on this machine; nothing you type leaves it.'),
    // Without it the model is hidden in agent mode, which is where the chat starts.
    capabilities: { toolCalling: true },
  };
}

interface Asked {
  readonly info: vscode.LanguageModelChatInformation;
  readonly messages: readonly vscode.LanguageModelChatRequestMessage[];
  readonly options: vscode.ProvideLanguageModelChatResponseOptions;
  readonly progress: vscode.Progress<vscode.LanguageModelResponsePart>;
  readonly token: vscode.CancellationToken;
}

async function respond(model: ChatModel, standIn: StandIn, asked: Asked): Promise<void> {
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
  const request: GenerateRequest = {
    messages: inTurns(messages.map(toChatMessage), reader ? toolInstructions(tools, mustCall) : ''),
    maxTokens: info.maxOutputTokens,
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
    for await (const event of model.generate(request, signal)) {
      if (event.type === 'text' && event.segment === 'answer') {
        if (reader) tell(reader.append(event.text));
        else say(event.text);
      }
    }
    if (reader && !token.isCancellationRequested) tell(reader.end());
  } catch (error) {
    if (token.isCancellationRequested) return;
    // What it says is for the learner; VS Code shows the message of what is thrown.
    throw error instanceof ModelError || error instanceof Error ? new Error(error.message, { cause: error }) : error;
  }
}
