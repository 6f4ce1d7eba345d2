// The engine's package with the GPU's binaries lies in a folder of its own, outside the extension.

import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const enginePackage = 'node-llama-cpp';

/** From now on the engine's package is looked up from `folder`, which holds or is a node_modules folder. */
export function takeEngineFrom(folder: string): void {
  const parentURL = pathToFileURL(join(folder, 'engine.mjs')).href;
  registerHooks({
    resolve: (specifier, context, nextResolve) =>
      specifier === enginePackage || specifier.startsWith(`${enginePackage}/`)
        ? nextResolve(specifier, { ...context, parentURL })
        : nextResolve(specifier, context),
  });
}
