import * as vscode from 'vscode';
import { oneOf } from './fromPage.ts';

export const arxivForms = ['abstract', 'pdf', 'html'] as const;
export type ArxivForm = (typeof arxivForms)[number];

export interface Settings {
  readonly statusBar: boolean;
  /** Whether chapters open beside the editor. */
  readonly openBeside: boolean;
  readonly arxiv: 'ask' | ArxivForm;
}

/** The settings as they are now; a value that isn't one of those offered counts as the default. */
export function readSettings(): Settings {
  const settings = vscode.workspace.getConfiguration('handbook');
  return {
    statusBar: settings.get('statusBar') !== false,
    openBeside: settings.get('reader.openBeside') === true,
    arxiv: oneOf(['ask', ...arxivForms] as const, settings.get('links.arxiv')) ?? 'ask',
  };
}
