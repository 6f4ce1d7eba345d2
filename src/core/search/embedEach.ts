// Texts to be embedded, of which the model may refuse some: that keeps no other from its vector.

type Vector = readonly number[];

/** Words that no model refuses: whether it still answers. */
const harmless = 'words';

/**
 * One vector a text; undefined for one that the model refuses, of which `onRefused` is told with the reason. Rejects if it
 * isn't the text: the model takes no other either.
 */
export async function embedEach(
  texts: readonly string[],
  embed: (texts: readonly string[]) => Promise<readonly Vector[]>,
  onRefused: (index: number, reason: unknown) => void,
): Promise<readonly (Vector | undefined)[]> {
  try {
    return await embedAll(texts, embed);
  } catch {
    // One of them may be to blame.
  }
  const vectors: (Vector | undefined)[] = [];
  for (const [index, text] of texts.entries()) {
    try {
      vectors.push(...(await embedAll([text], embed)));
    } catch (reason) {
      await embedAll([harmless], embed);
      onRefused(index, reason);
      vectors.push(undefined);
    }
  }
  return vectors;
}

async function embedAll(
  texts: readonly string[],
  embed: (texts: readonly string[]) => Promise<readonly Vector[]>,
): Promise<readonly Vector[]> {
  const vectors = await embed(texts);
  if (vectors.length !== texts.length)
    throw new Error('The embedding model gave another number of vectors than texts.');
  return vectors;
}
