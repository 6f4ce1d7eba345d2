// The handbook for any agent that runs in VS Code.

import * as vscode from 'vscode';
import { handbookToolNames } from '../../core/tools/toolNames.ts';
import type { HandbookToolName } from '../../core/tools/toolNames.ts';
import type { PassageMeaning } from '../model/passageMeaning.ts';
import type { Study } from '../study.ts';
import { signalOf } from './signalOf.ts';

/** Registers the tools that the manifest describes. */
export function registerTools(study: Study, meaning: Pick<PassageMeaning, 'retrieveMore'>): vscode.Disposable {
  return vscode.Disposable.from(
    ...handbookToolNames.map((name) =>
      vscode.lm.registerTool<object>(name, {
        prepareInvocation: ({ input }) => ({ invocationMessage: doing(name, input) }),
        invoke: async ({ input }, token) => {
          const [{ callHandbookTool }, curriculum, text, progress] = await Promise.all([
            import('../../core/tools/handbookTools.ts'),
            study.curriculum(),
            study.text(),
            study.progress(),
          ]);
          const { lookUp, passages } = text;
          const signal = signalOf(token);
          const result = await callHandbookTool(name, input, {
            curriculum,
            lookUp,
            retrieveMore: (question, found) => meaning.retrieveMore(question, found, text, signal),
            passages,
            progress,
          });
          return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(result.text)]);
        },
      }),
    ),
  );
}

function doing(name: HandbookToolName, input: object): string {
  const said = (key: string): string => {
    const value = (input as Readonly<Record<string, unknown>>)[key];
    return typeof value === 'string' ? value.slice(0, 100) : '';
  };
  switch (name) {
    case 'handbook_search':
      return vscode.l10n.t('Searching the handbook for “{0}”', said('query'));
    case 'handbook_read_chapter':
      return vscode.l10n.t('Reading the chapter “{0}”', said('chapter'));
    case 'handbook_progress':
      return vscode.l10n.t('Looking at your progress');
  }
}
