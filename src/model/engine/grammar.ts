// A JSON schema that an answer must follow → the grammar that the sampler is held to.

import type { Llama, LlamaGrammar } from 'node-llama-cpp';
import { ModelError } from '../../core/model/modelError.ts';
import { grammarSchema } from './grammarSchema.ts';

type Schema = Parameters<Llama['createGrammarForJsonSchema']>[0];

/** Throws a ModelError where the schema can't be put as a grammar. */
export async function grammarOf(llama: Llama, schema: Readonly<Record<string, unknown>>): Promise<LlamaGrammar> {
  try {
    // The library's type lists what it understands, and it checks none of it: what is left out is not followed.
    return await llama.createGrammarForJsonSchema(grammarSchema(schema) as Schema);
  } catch (error) {
    throw new ModelError('not-supported', 'The model can’t be held to this JSON schema.', String(error));
  }
}
