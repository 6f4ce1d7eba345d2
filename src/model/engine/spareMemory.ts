// Memory that is held for nothing once a model is loaded.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { LlamaModel } from 'node-llama-cpp';

/**
 * Lets go of the vocabulary's texts that the library has read from the file's header: llama.cpp has its own, and the library
 * only counts its copy. With 150,000 tokens they take 17 MB.
 */
export function forgetVocabulary({ fileInfo }: LlamaModel): void {
  const vocabulary: object = fileInfo.metadata.tokenizer.ggml;
  const listOf = (key: string): unknown[] => {
    const list: unknown = Reflect.get(vocabulary, key);
    return Array.isArray(list) ? list : [];
  };
  // Their number is still asked for.
  listOf('tokens').fill('');
  listOf('merges').length = 0;
}

/** Gives back what reading a file and setting everything up has left behind, which V8 would keep while nothing presses. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  // In a context of its own, where the flag shows.
  runInNewContext("gc({ type: 'major', flavor: 'last-resort' })");
}
