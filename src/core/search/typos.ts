// Typing errors: an unknown word is taken for the curriculum's word nearest to it.

/** How many letters may be wrong in a word of this length: short words are too close to one another. */
export function allowedErrors(word: string): number {
  return word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
}

/**
 * The optimal string alignment distance (insert, delete, replace, swap neighbours) of two words, or `limit + 1` if it is more
 * than `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cell = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cell = Math.min(cell, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cell);
      least = Math.min(least, cell);
    }
    if (least > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return Math.min(last[b.length] ?? limit + 1, limit + 1);
}

/** The words a typo may have been meant for, by first letter: few people mistype that, and it rules out most words. */
export interface Vocabulary {
  readonly byFirstLetter: ReadonlyMap<string, readonly Entry[]>;
  /** Sound → the commonest word that sounds so. */
  readonly bySound: ReadonlyMap<string, string>;
}

interface Entry {
  readonly word: string;
  readonly count: number;
  /** Its letters, a bit each. One error changes at most two of them, which rules out most words without a distance. */
  readonly letters: number;
}

export function vocabularyOf(words: ReadonlyMap<string, number>): Vocabulary {
  const entries = [...words].filter(([word]) => word.length >= 4);
  const bySound = new Map<string, string>();
  for (const [word] of entries.toSorted((a, b) => b[1] - a[1])) {
    const sound = soundOf(word);
    if (!bySound.has(sound)) bySound.set(sound, word);
  }
  return {
    byFirstLetter: Map.groupBy(
      entries.map(([word, count]) => ({ word, count, letters: lettersOf(word) })),
      ({ word }) => word.charAt(0),
    ),
    bySound,
  };
}

/** Roughly how a word sounds: spelt by ear, "attenshun" and "attention" are one. The vowels after the first letter go. */
export function soundOf(word: string): string {
  const consonants = word
    .replace(/[tsc]i?on|shun|tian|cian/g, 'Xn')
    .replace(/ph/g, 'f')
    .replace(/ght/g, 't')
    .replace(/ck|q|x|c(?![eiyh])/g, 'k')
    .replace(/c(?=[eiy])|z/g, 's')
    .replace(/^(kn|wr|gn)/, (pair) => pair.charAt(1))
    .replace(/(.)\1+/g, '$1');
  return consonants.charAt(0) + consonants.slice(1).replace(/[aeiouyhw]/g, '');
}

function lettersOf(word: string): number {
  let letters = 0;
  for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31);
  return letters;
}

function bitsIn(value: number): number {
  let bits = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) bits++;
  return bits;
}

/** The known word that `word` was probably meant to be: the nearest, of several the most frequent; undefined if none is near. */
export function nearestWord(word: string, vocabulary: Vocabulary): string | undefined {
  const limit = allowedErrors(word);
  let best: { word: string; distance: number; count: number } | undefined;
  if (limit === 0 || /\d/.test(word)) return undefined;
  const letters = lettersOf(word);
  for (const { word: candidate, count, letters: others } of vocabulary.byFirstLetter.get(word.charAt(0)) ?? []) {
    const atMost = best ? best.distance : limit;
    if (Math.abs(candidate.length - word.length) > atMost || bitsIn(letters ^ others) > 2 * atMost) continue;
    const distance = editDistance(word, candidate, atMost);
    if (distance > atMost) continue;
    if (!best || distance < best.distance || count > best.count) best = { word: candidate, distance, count };
  }
  return best?.word ?? bySound(word, vocabulary);
}

/** By ear, where the eye finds nothing: only for words so long that few sound alike, and with two letters in three right. */
function bySound(word: string, vocabulary: Vocabulary): string | undefined {
  const found = word.length < 6 ? undefined : vocabulary.bySound.get(soundOf(word));
  const limit = Math.min(3, Math.floor(word.length / 3));
  return found !== undefined && editDistance(word, found, limit) <= limit ? found : undefined;
}
