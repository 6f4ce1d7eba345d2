// Ollama keeps each file under its checksum; a manifest for each model and tag names those that belong to it.

import { readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fromJson, isRecord, isText, listOf, shape } from '../check.ts';
import { walk } from './walk.ts';

export interface OllamaModel {
  readonly path: string;
  /** As it is called there: "qwen3:0.6b". */
  readonly name: string;
}

const largestManifest = 2 ** 20;

const isManifest = shape<{ readonly layers: readonly { readonly mediaType: string; readonly digest: string }[] }>({
  layers: listOf(shape({ mediaType: isText, digest: isText })),
});

/** The models that Ollama has in this folder. What is damaged is passed over. */
export async function* ollamaModels(folder: string, signal: AbortSignal): AsyncGenerator<OllamaModel, void, undefined> {
  const manifests = join(folder, 'manifests');
  for await (const path of walk(manifests, signal)) {
    const manifest = await readManifest(path);
    if (!isRecord(manifest) || !isManifest(manifest)) continue;
    const layer = manifest.layers.find(({ mediaType }) => mediaType === 'application/vnd.ollama.image.model');
    const [, digest] = /^sha256[:-]([0-9a-f]{64})$/.exec(layer?.digest ?? '') ?? [];
    if (digest !== undefined) {
      yield { path: join(folder, 'blobs', `sha256-${digest}`), name: nameOf(relative(manifests, path).split(sep)) };
    }
  }
}

async function readManifest(path: string): Promise<unknown> {
  try {
    const { size } = await stat(path);
    return size > largestManifest ? undefined : fromJson(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** registry.ollama.ai/library/qwen3/0.6b → qwen3:0.6b */
function nameOf(parts: readonly string[]): string {
  const tag = parts.at(-1) ?? '';
  const path = parts.slice(0, -1);
  if (path[0] === 'registry.ollama.ai') path.shift();
  if (path[0] === 'library') path.shift();
  return `${path.join('/')}:${tag}`;
}
