import * as vscode from 'vscode';

/** Where the model's process and its files are. */
export interface ModelPlaces {
  /** The script of the model's process, and of the one that judges what this machine can run. */
  readonly entry: string;
  readonly inspectEntry: string;
  /** The script that tries an engine for a GPU. */
  readonly trialEntry: string;
  /** Models that the companion fetched. */
  readonly models: string;
  /** How windows find a process that runs already. */
  readonly run: string;
  /** Prefixes that were evaluated once. */
  readonly states: string;
  /** What the passages mean to an embedding model. */
  readonly vectors: string;
  /** Engines for GPUs, fetched on request. */
  readonly engines: string;
  /** Which engine the companion came with, and where its package lies. */
  readonly engineRelease: string;
  readonly engineModules: string;
}

/** The places in this installation, under the companion's own storage. */
export function modelPlaces(extension: vscode.Uri, storage: vscode.Uri): ModelPlaces {
  const dist = (name: string): string => vscode.Uri.joinPath(extension, 'dist', name).fsPath;
  const own = (name: string): string => vscode.Uri.joinPath(storage, name).fsPath;
  return {
    entry: dist('model.mjs'),
    inspectEntry: dist('inspect.mjs'),
    trialEntry: dist('gpu-trial.mjs'),
    models: own('models'),
    run: own('run'),
    states: own('prefixes'),
    vectors: own('vectors'),
    engines: own('engine'),
    engineRelease: dist('engine.json'),
    engineModules: dist('node_modules'),
  };
}
