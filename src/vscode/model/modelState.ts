// What a model in VS Code is at, and what it takes to open one.

import type { EngineSettings } from '../../core/model/engineSettings.ts';
import type { ModelCard } from '../../core/model/language.ts';
import type { ModelProblem } from '../../core/model/modelError.ts';
import type { ModelClient } from '../../model/client.ts';

/** What is to be opened. */
export interface Wanted {
  readonly kind: ModelCard['kind'];
  readonly file: string;
  /** The file's name, until the model says its own. */
  readonly name: string;
  readonly settings: EngineSettings;
  readonly stateQuota: number;
  readonly idleMs: number;
}

export type ModelState =
  | { readonly type: 'none' }
  | { readonly type: 'idle'; readonly name: string }
  | { readonly type: 'loading'; readonly name: string; readonly fraction: number }
  | { readonly type: 'ready'; readonly name: string; readonly card: ModelCard }
  /** The next use tries again. */
  | {
      readonly type: 'failed';
      readonly name: string;
      readonly problem: ModelProblem;
      /** For the learner: what happened and what they can do. */
      readonly message: string;
    };

export interface Opening {
  /** The learner asked for this very attempt: earlier crashes don't count. */
  readonly explicit: boolean;
  readonly onLoading: (fraction: number) => void;
}

/** Starts a model's process or finds the one that runs. Throws a ModelError. */
export type OpenWanted = (wanted: Wanted, opening: Opening, signal: AbortSignal) => Promise<ModelClient>;

/** What a failure means for the learner. */
export type Explain = (error: unknown) => { readonly problem: ModelProblem; readonly message: string };

/** Whether two are served by the same process. */
export function sameModel(one: Wanted | undefined, other: Wanted | undefined): boolean {
  const key = (wanted: Wanted | undefined): string =>
    JSON.stringify(wanted && [wanted.kind, wanted.file, wanted.settings, wanted.stateQuota]);
  return key(one) === key(other);
}
