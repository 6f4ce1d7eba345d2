// Texts of any length for models that take only so much at once.

import type { ModelProblem } from '../../core/model/modelError.ts';
import { fieldsOf } from '../fromPage.ts';

/** Vectors of texts, one each. Rejects with a ModelError 'prompt-too-long' if one of them is too long. */
export type Embed = (texts: readonly string[]) => Promise<readonly (readonly number[])[]>;

const tooLong: ModelProblem = 'prompt-too-long';

/** Shorter than this nothing is too long; there is something else wrong. */
const shortest = 40;

/** One normalised vector a text. A text that the model can't take at once is taken in halves, whose vectors are averaged. */
export async function embedWhole(texts: readonly string[], embed: Embed): Promise<readonly (readonly number[])[]> {
  try {
    return await embed(texts);
  } catch (error) {
    if (!isTooLong(error)) throw error;
    const [first = '', ...others] = texts;
    if (others.length > 0) {
      const vectors: (readonly number[])[] = [];
      for (const text of texts) vectors.push(...(await embedWhole([text], embed)));
      return vectors;
    }
    if (first.length <= shortest) throw error;
    return [averaged(await embedWhole(halves(first), embed))];
  }
}

/** Scores of documents for a query; of documents that the model can't take whole only the beginning counts. */
export async function rankWhole(
  documents: readonly string[],
  rank: (documents: readonly string[]) => Promise<readonly number[]>,
): Promise<readonly number[]> {
  for (let longest = Math.max(...documents.map(({ length }) => length)); ; longest = Math.floor(longest / 2)) {
    try {
      return await rank(documents.map((text) => text.slice(0, longest)));
    } catch (error) {
      if (!isTooLong(error) || longest <= shortest) throw error;
    }
  }
}

function isTooLong(error: unknown): boolean {
  // By name, not by class: the model's side lives in bundles of its own.
  return error instanceof Error && error.name === 'ModelError' && fieldsOf(error)?.['problem'] === tooLong;
}

/** Cut at the space nearest to the middle. */
function halves(text: string): readonly [string, string] {
  const middle = Math.floor(text.length / 2);
  const before = text.lastIndexOf(' ', middle);
  const after = text.indexOf(' ', middle);
  const nearest = after >= 0 && after - middle < middle - before ? after : before;
  const cut = nearest > 0 ? nearest : middle;
  return [text.slice(0, cut), text.slice(cut)];
}

function averaged(vectors: readonly (readonly number[])[]): readonly number[] {
  const [first = []] = vectors;
  const sum = first.map((_, index) => vectors.reduce((total, vector) => total + (vector[index] ?? 0), 0));
  const length = Math.hypot(...sum);
  return length > 0 ? sum.map((number) => number / length) : sum;
}
