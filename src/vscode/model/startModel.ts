// Looks at a model's file and opens the model in its process. A bundle of its own: loaded when a model is first needed.

import { ModelError } from '../../core/model/modelError.ts';
import { openModel } from '../../model/client.ts';
import type { ModelClient } from '../../model/client.ts';
import { checkModelFile } from '../../model/files/checkModelFile.ts';
import type { ModelKind } from '../../model/files/modelShape.ts';
import type { Opening, Wanted } from './modelState.ts';
import { installedEngine } from './installedEngine.ts';
import type { ModelPlaces } from './modelPlaces.ts';

export interface StartOptions extends Opening {
  readonly places: ModelPlaces;
  readonly log: (level: 'error' | 'warn' | 'info' | 'debug', line: string) => void;
}

/** How long a load or a request may go without a sign of life before the process is given up. */
const loadTimeoutMs = 120_000;
const silenceMs = 60_000;

/** Opens what is wanted, or finds the process that another window has for it. Throws a ModelError. */
export async function startModel(wanted: Wanted, options: StartOptions, signal: AbortSignal): Promise<ModelClient> {
  const { places, explicit, log, onLoading } = options;
  // A damaged file can end the process or never finish loading: it is looked at before anything loads it.
  const checked = await checkModelFile(wanted.file, signal);
  if (!checked.ok) {
    throw new ModelError(checked.problem === 'missing' ? 'no-model' : 'bad-file', checked.message, checked.detail);
  }
  if (checked.facts.kind !== wanted.kind) throw wrongKind(wanted, checked.facts.kind);
  const engineFolder =
    wanted.settings.gpu === 'off'
      ? undefined
      : await installedEngine(places, (line) => {
          log('warn', line);
        });
  return openModel(
    {
      entry: places.entry,
      runFolder: places.run,
      stateFolder: places.states,
      stateQuota: wanted.stateQuota,
      file: wanted.file,
      kind: wanted.kind,
      settings: wanted.settings,
      idleMs: wanted.idleMs,
      loadTimeoutMs,
      silenceMs,
      explicit,
      ...(engineFolder !== undefined && { engineFolder }),
      log,
      onLoading,
    },
    signal,
  );
}

function wrongKind({ kind, name }: Wanted, found: ModelKind): ModelError {
  const is = {
    chat: 'writes text',
    embedding: 'makes vectors of texts',
    ranking: 'puts passages into order',
  }[found];
  const needed = {
    chat: 'Choose a model that answers.',
    embedding: 'The setting “handbook.model.embeddingFile” needs an embedding model.',
    ranking: 'The setting “handbook.model.rankingFile” needs a ranking model.',
  }[kind];
  return new ModelError('not-supported', `${name} is a model that ${is}. ${needed}`);
}
