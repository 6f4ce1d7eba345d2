import * as vscode from 'vscode';
import { fieldsOf, oneOf } from './fromPage.ts';
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
  /** What the library may take on the disk. */
  readonly libraryBytes: number;
  /** How many questions a quiz has, at most. */
  readonly quizQuestions: number;
  /** Whether the local model says by itself what it thinks of an answer. */
  readonly quizModel: boolean;
  /** Whether Settings Sync carries progress to the learner's other machines. */
  readonly sync: boolean;
}

/** The settings as they are now; a value that isn't one of those offered counts as the default. */
export function readSettings(): Settings {
  const settings = vscode.workspace.getConfiguration('handbook');
  return {
    statusBar: settings.get('statusBar') !== false,
    openBeside: settings.get('reader.openBeside') === true,
    arxiv: oneOf(['ask', ...arxivForms] as const, settings.get('links.arxiv')) ?? 'ask',
    libraryBytes: gigabytes(settings.get('library.gigabytes')) * 1e9,
    quizQuestions: countIn(settings.get('quiz.questions'), 1, 100, 10),
    quizModel: settings.get('quiz.modelOpinion') !== false,
    sync: settings.get('sync') === true,
  };
}

function gigabytes(value: unknown): number {
  return typeof value === 'number' && value >= 0.1 && value <= 10_000 ? value : 5;
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

/** The name of every setting that the manifest offers. */
export function settingNames({ extension }: vscode.ExtensionContext): readonly string[] {
  const manifest: unknown = extension.packageJSON;
  const contributed = fieldsOf(fieldsOf(manifest)?.['contributes'])?.['configuration'];
  const groups: readonly unknown[] = Array.isArray(contributed) ? contributed : [];
  return groups.flatMap((group) => Object.keys(fieldsOf(fieldsOf(group)?.['properties']) ?? {}));
}
