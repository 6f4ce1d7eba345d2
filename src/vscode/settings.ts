import * as vscode from 'vscode';
import { oneOf } from './fromPage.ts';
import { parseReviewSettings } from './review/reviewSettings.ts';
import type { ReviewSettings } from './review/reviewSettings.ts';
import { parseModelSettings } from './model/modelSettings.ts';
import type { ModelSettings, WrongSetting } from './model/modelSettings.ts';

export const arxivForms = ['abstract', 'pdf', 'html'] as const;
export type ArxivForm = (typeof arxivForms)[number];

export interface Settings {
  readonly statusBar: boolean;
  /** Whether chapters open beside the editor. */
  readonly openBeside: boolean;
  readonly arxiv: 'ask' | ArxivForm;
  /** How many questions a quiz has, at most. */
  readonly quizQuestions: number;
  /** Whether the local model says by itself what it thinks of an answer. */
  readonly quizModel: boolean;
}

/** The settings as they are now; a value that isn't one of those offered counts as the default. */
export function readSettings(): Settings {
  const settings = vscode.workspace.getConfiguration('handbook');
  return {
    statusBar: settings.get('statusBar') !== false,
    openBeside: settings.get('reader.openBeside') === true,
    arxiv: oneOf(['ask', ...arxivForms] as const, settings.get('links.arxiv')) ?? 'ask',
    quizQuestions: countIn(settings.get('quiz.questions'), 1, 100, 10),
    quizModel: settings.get('quiz.modelOpinion') !== false,
  };
}

/** How the learner wants to review, as it is set now. */
export function readReviewSettings(): ReviewSettings {
  return parseReviewSettings(vscode.workspace.getConfiguration('handbook'));
}

function countIn(value: unknown, least: number, most: number, usual: number): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : usual;
}

/** The settings of the model and its engine as they are now, and those of them that make no sense. */
export function readModelSettings(): { readonly model: ModelSettings; readonly wrong: readonly WrongSetting[] } {
  return parseModelSettings(vscode.workspace.getConfiguration('handbook'));
}

/** Remembers the file of the model that the learner chose; empty for none. Settings of this machine, not of a workspace. */
export async function chooseFile(kind: 'chat' | 'embedding' | 'ranking', file: string): Promise<void> {
  const name = { chat: 'model.file', embedding: 'model.embeddingFile', ranking: 'model.rankingFile' }[kind];
  await vscode.workspace
    .getConfiguration('handbook')
    .update(name, file === '' ? undefined : file, vscode.ConfigurationTarget.Global);
}
