// The settings that belong to the learner and go with their data: how they study, not what this machine can run.

import * as vscode from 'vscode';
import type { KeptSettings } from '../core/dataFile.ts';

const ofTheMachine = ['handbook.model.', 'handbook.engine.'];

/** Those of the learner's settings that they have changed themselves. */
export function settingsToKeep(known: readonly string[]): KeptSettings {
  const settings = vscode.workspace.getConfiguration();
  return Object.fromEntries(
    known.filter(isOfLearner).flatMap((name): [string, KeptSettings[string]][] => {
      const value: unknown = settings.inspect(name)?.globalValue;
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [[name, value]];
      if (isNumbers(value)) return [[name, value]];
      return [];
    }),
  );
}

/** Takes over settings that came in a file: only those that the learner hasn't changed here. */
export async function keepSettings(came: KeptSettings, known: readonly string[]): Promise<void> {
  const settings = vscode.workspace.getConfiguration();
  for (const [name, value] of Object.entries(came)) {
    if (!known.includes(name) || !isOfLearner(name)) continue;
    const here = settings.inspect(name);
    // VS Code shows a value that doesn't fit its setting as wrong; whoever reads it falls back to the default.
    if (here?.globalValue !== undefined || typeof here?.defaultValue !== typeof value) continue;
    await settings.update(name, value, vscode.ConfigurationTarget.Global);
  }
}

function isOfLearner(name: string): boolean {
  return !ofTheMachine.some((prefix) => name.startsWith(prefix));
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'number');
}
