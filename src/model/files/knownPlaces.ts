// Where other programs keep models on this machine.

import { posix, win32 } from 'node:path';

export type FoundIn = 'companion' | 'ollama' | 'lm-studio' | 'hugging-face' | 'llama.cpp';

export interface KnownPlace {
  readonly where: FoundIn;
  readonly folder: string;
  /** Plain files in folders, Ollama's manifests and blobs, or the hub's snapshots of links. */
  readonly layout: 'files' | 'ollama' | 'hub';
}

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** The companion's own models. */
  readonly own: string;
}

/** The places that may hold models, ours first; they needn't exist. */
export function knownPlaces({ env, home, platform, own }: Surroundings): readonly KnownPlace[] {
  const join = (...parts: readonly string[]): string => (platform === 'win32' ? win32 : posix).join(...parts);
  const given = (name: string): string | undefined => (env[name] === '' ? undefined : env[name]);
  const cache = given('XDG_CACHE_HOME') ?? join(home, '.cache');
  const hugging = given('HF_HOME') ?? join(cache, 'huggingface');
  const llamaCache: Partial<Record<NodeJS.Platform, string>> = {
    darwin: join(home, 'Library', 'Caches', 'llama.cpp'),
    win32: join(given('LOCALAPPDATA') ?? join(home, 'AppData', 'Local'), 'llama.cpp'),
  };
  const place = (where: FoundIn, layout: KnownPlace['layout'], folder: string): KnownPlace => ({
    where,
    layout,
    folder,
  });
  const places = [
    place('companion', 'files', own),
    place('ollama', 'ollama', given('OLLAMA_MODELS') ?? join(home, '.ollama', 'models')),
    // Where Ollama runs as a service of the system.
    ...(platform === 'linux' ? [place('ollama', 'ollama', '/usr/share/ollama/.ollama/models')] : []),
    place('lm-studio', 'files', join(home, '.lmstudio', 'models')),
    place('lm-studio', 'files', join(home, '.cache', 'lm-studio', 'models')),
    place('hugging-face', 'hub', given('HF_HUB_CACHE') ?? given('HUGGINGFACE_HUB_CACHE') ?? join(hugging, 'hub')),
    place('llama.cpp', 'files', given('LLAMA_CACHE') ?? llamaCache[platform] ?? join(cache, 'llama.cpp')),
  ];
  return places.filter(({ folder }, index) => places.findIndex((other) => other.folder === folder) === index);
}
