// Reads, while it is being written, the JSON object in which a model replies or calls a tool.

import { createJsonStringReader } from './jsonString.ts';

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
  const reply = createJsonStringReader(/^\s*\{\s*"reply"\s*:\s*"/);
  let written = '';
  return {
    append: (more) => {
      written += more;
      const text = reply.append(more);
      return text === '' ? [] : [{ type: 'text', text }];
    },
    end: () => {
      // A reply that was cut at its length limit is still a reply.
      if (reply.begun() || written.trim() === '') return [];
      return [callIn(written) ?? { type: 'malformed', text: written }];
    },
  };
}

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
