// Reads, while it is being written, the JSON object in which a model replies or calls a tool.

export type ReplyPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'call'; readonly tool: string; readonly input: Readonly<Record<string, unknown>> }
  /** It isn't the object that was asked for; `text` is what was written. */
  | { readonly type: 'malformed'; readonly text: string };

export interface ReplyReader {
  /** What can be told after some more of the output. */
  readonly append: (text: string) => readonly ReplyPart[];
  /** What remains to be told at the end. */
  readonly end: () => readonly ReplyPart[];
}

/** A reader for one output. The words of a reply come out as they are written, a call when it is complete. */
export function createReplyReader(): ReplyReader {
  let written = '';
  /** How far the reply's string has been told; undefined as long as it isn't known to be one. */
  let at: number | undefined;
  let closed = false;

  const tell = (): ReplyPart[] => {
    if (at === undefined) {
      const opening = /^\s*\{\s*"reply"\s*:\s*"/.exec(written);
      if (!opening) return [];
      at = opening[0].length;
    }
    let text = '';
    while (!closed) {
      const next = character(written, at);
      if (next === undefined) break;
      if (next === 'end') closed = true;
      else {
        text += next.text;
        at += next.length;
      }
    }
    return text === '' ? [] : [{ type: 'text', text }];
  };

  return {
    append: (text) => {
      written += text;
      return tell();
    },
    end: () => {
      // A reply that was cut at its length limit is still a reply.
      if (at !== undefined || written.trim() === '') return [];
      return [callIn(written) ?? { type: 'malformed', text: written }];
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

function callIn(written: string): ReplyPart | undefined {
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { tool, input } = value as { readonly tool?: unknown; readonly input?: unknown };
  if (typeof tool !== 'string' || typeof input !== 'object' || input === null) return undefined;
  return { type: 'call', tool, input: input as Readonly<Record<string, unknown>> };
}
