import type { Example } from '../example.ts';

// Mistral 7B.
const [layers, heads, dimension, bytesPerNumber, window] = [32, 8, 128, 2, 4096];
const bytesPerToken = 2 * layers * heads * dimension * bytesPerNumber;
const [mebi, gibi] = [2 ** 20, 2 ** 30];
const long = 32768;

const pairs = (tokens: number, reach: number): number => {
  let sum = 0;
  for (let query = 0; query < tokens; query++) sum += Math.min(query + 1, reach);
  return sum;
};
const lengths = [window, long, 131072];
const rows = lengths.flatMap((tokens) => {
  const [full, windowed] = [pairs(tokens, tokens), pairs(tokens, window)];
  return [full, windowed, (full / windowed).toFixed(1)];
});

const position = 10000;

// Five local layers for each global one.
const [mixedLayers, localWindow, context] = [48, 1024, 131072];
const globalEntries = (mixedLayers / 6) * context;
const localEntries = mixedLayers * (5 / 6) * localWindow;
const fullEntries = mixedLayers * context;

export default {
  given: [7, 2, layers, heads, dimension, 16, window, long, 131072, position, mixedLayers, localWindow],
  computed: [
    bytesPerToken,
    (window * bytesPerToken) / mebi,
    (long * bytesPerToken) / gibi,
    ...rows,
    position % window,
    position - window,
    window - 1,
    layers * (window - 1),
    mixedLayers / 6,
    mixedLayers * (5 / 6),
    globalEntries,
    localEntries,
    ((100 * (globalEntries + localEntries)) / fullEntries).toFixed(1),
    fullEntries,
  ],
} satisfies Example;
