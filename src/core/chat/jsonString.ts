// A string within JSON that is still being written.

export interface JsonStringReader {
  /** Takes some more of the output; returns what it adds to the string. */
  readonly append: (text: string) => string;
  /** Whether the string has begun. */
  readonly begun: () => boolean;
}

/** Reads the string that begins right after what `opening` matches at the start of the output. */
export function createJsonStringReader(opening: RegExp): JsonStringReader {
  let written = '';
  /** How far it has been read; undefined as long as it hasn't begun. */
  let at: number | undefined;
  let closed = false;
  return {
    begun: () => at !== undefined,
    append: (text) => {
      written += text;
      if (at === undefined) {
        const found = opening.exec(written);
        if (!found) return '';
        at = found[0].length;
      }
      let added = '';
      while (!closed) {
        const next = character(written, at);
        if (next === undefined) break;
        if (next === 'end') closed = true;
        else {
          added += next.text;
          at += next.length;
        }
      }
      return added;
    },
  };
}

/** The character of a JSON string that starts at `at`: undefined if it isn't all there yet, 'end' at the closing quote. */
function character(written: string, at: number): { text: string; length: number } | 'end' | undefined {
  const first = written[at];
  if (first === undefined) return undefined;
  if (first === '"') return 'end';
  if (first !== '\\') return { text: first, length: 1 };
  const kind = written[at + 1];
  if (kind === undefined) return undefined;
  if (kind !== 'u') return { text: escapes[kind] ?? kind, length: 2 };
  const code = written.slice(at + 2, at + 6);
  if (code.length < 4) return undefined;
  return { text: String.fromCharCode(Number.parseInt(code, 16)), length: 6 };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };
