// How notes are put into few words: rows, list entries, names for screen readers.

/** The most characters of a quote or a note that a row shows. */
const longestExcerpt = 90;

/** The start of a text on one line. */
export function excerpt(text: string, longest = longestExcerpt): string {
  // Of a huge note only the start is looked at.
  const line = text
    .slice(0, longest * 8)
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= longest) return line;
  const cut = line.slice(0, longest - 1).toWellFormed();
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > longest / 2 ? space : undefined).trimEnd()}…`;
}

/** The notes that have every word of `typed`, in the order given. */
export function notesWith<N extends { readonly quote: string; readonly text: string; readonly chapterTitle: string }>(
  notes: readonly N[],
  typed: string,
  most: number,
): N[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found: N[] = [];
  for (const note of notes) {
    if (found.length >= most) break;
    const all = `${note.text}\n${note.quote}\n${note.chapterTitle}`.toLowerCase();
    if (words.every((word) => all.includes(word))) found.push(note);
  }
  return found;
}
