// Checks a header's vocabulary. The engine reads scores and kinds of tokens beside the tokens without comparing their
// numbers: lists that are too short are read past their end.

import { FileProblemError } from './fileProblem.ts';
import { arrayAt, textAt, wholeAt } from './headerFields.ts';
import type { Metadata } from './headerFields.ts';

/** Ways of cutting text into tokens that the engine has. */
const tokenizers = ['llama', 'gpt2', 'bert', 't5', 'rwkv', 'plamo2', 'gemma4'];

const mostTokens = 2 ** 21;

/** What a file has for a token that there isn't. */
const noToken = 2 ** 32 - 1;

/** The number of tokens; throws a FileProblemError. */
export function checkVocabulary(metadata: Metadata): number {
  const model = textAt(metadata, 'tokenizer.ggml.model');
  if (model === undefined || model === 'none' || model === 'no_vocab') fail('there is no vocabulary');
  if (!tokenizers.includes(model)) fail(`unknown tokenizer “${model}”`);
  const tokens = arrayAt(metadata, 'tokenizer.ggml.tokens');
  if (tokens?.of !== 'string') fail('there is no list of tokens');
  const count = tokens.length;
  if (count < 2 || count > mostTokens) fail(`${count} tokens`);
  // The engine ends its process where two tokens are the same.
  const { distinct, bytes } = tokens.words ?? { distinct: count, bytes: 0 };
  if (distinct !== count) fail(`${count - distinct} of ${count} tokens stand there twice`);
  // What isn't in such a vocabulary is spelt in bytes, and those have to be there.
  if (model === 'llama' && bytes < 256) fail(`a tokenizer that spells in bytes, but ${bytes} of 256 bytes`);
  if (model === 'rwkv' && !textAt(metadata, 'general.architecture')?.includes('rwkv'))
    fail('the tokenizer of another architecture');
  checkBeside(metadata, 'tokenizer.ggml.scores', count, ['float32']);
  checkBeside(metadata, 'tokenizer.ggml.token_type', count, ['int32', 'uint32']);
  if (model === 'gpt2') {
    const merges = arrayAt(metadata, 'tokenizer.ggml.merges');
    if (merges?.of !== 'string' || merges.length === 0) fail('there are no merges');
  }
  const charsmap = metadata.get('tokenizer.ggml.precompiled_charsmap');
  if (charsmap && !(charsmap.type === 'array' && /^u?int8$/.test(charsmap.of)))
    fail('the map of characters is no list of bytes');
  for (const key of metadata.keys()) {
    if (!/^tokenizer\.ggml\.\w+_token_id$/.test(key)) continue;
    const id = wholeAt(metadata, key, -1, noToken);
    if (id !== undefined && id !== -1 && id !== noToken && id >= count) fail(`${key} is ${id}, of ${count} tokens`);
  }
  return count;
}

function checkBeside(metadata: Metadata, key: string, count: number, types: readonly string[]): void {
  const entry = metadata.get(key);
  if (!entry) return;
  if (entry.type === 'array' && types.includes(entry.of) && entry.length === count) return;
  fail(`${key} doesn’t have one ${types.join(' or ')} for each of ${count} tokens`);
}

function fail(detail: string): never {
  throw new FileProblemError('tokenizer', detail);
}
