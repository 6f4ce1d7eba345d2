// The local model in VS Code's own model picker. There is always an entry: with none, VS Code would never call the
// @handbook participant and would say "Language model unavailable".

import * as vscode from 'vscode';
import { outputTokens, type ChatModel, type StandIn } from './chatModel.ts';
import { signalOf } from './signalOf.ts';
import { toChatMessage } from './messages.ts';

export const vendor = 'handbook';

/** Assumed of a model that hasn't been loaded yet; the true number follows when it has. */
const usualContext = 8192;

const charactersPerToken = 4;

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
    provideLanguageModelChatResponse: async (info, messages, options, progress, token) => {
      const { replyWithModel } = await import('./replyWithModel.ts');
      await replyWithModel(model, standIn, { info, messages, options, progress, token });
    },
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
  const output = outputTokens(context);
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
