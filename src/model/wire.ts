// How messages travel: one JSON text a line, UTF-8. The messages themselves are in protocol/model.ts.

import type { Socket } from 'node:net';

/** Both ends must speak the same. Raise it with every change of protocol/model.ts. */
export const wireVersion = '2';

/** The longest line the process takes from a window: a prompt of a large context, or texts to embed, are well below. */
export const longestToModel = 16 * 1024 * 1024;

/** The longest line a window takes: vectors of many texts. */
export const longestFromModel = 64 * 1024 * 1024;

/** What is written but not yet taken by the other end; a window that takes nothing for so long has lost its mind. */
const mostUnread = 64 * 1024 * 1024;

export interface Lines {
  /** Takes the next piece of the stream. */
  readonly push: (piece: string) => void;
  /** From now on, lines may be so long. */
  readonly allow: (longest: number) => void;
}

/** Cuts a stream into lines. A line longer than `longest` characters calls `onTooLong`, and nothing after it is read. */
export function cutLines(longest: number, onLine: (line: string) => void, onTooLong: () => void): Lines {
  let pieces: string[] = [];
  let length = 0;
  let limit = longest;
  let over = false;
  return {
    push: (piece) => {
      let start = 0;
      while (!over) {
        const end = piece.indexOf('\n', start);
        const rest = end < 0 ? piece.slice(start) : piece.slice(start, end);
        length += rest.length;
        if (length > limit) {
          over = true;
          pieces = [];
          onTooLong();
          return;
        }
        if (rest !== '') pieces.push(rest);
        if (end < 0) return;
        const line = pieces.join('');
        pieces = [];
        length = 0;
        start = end + 1;
        onLine(line);
      }
    },
    allow: (longer) => {
      limit = longer;
    },
  };
}

/** Writes a message, unless the socket is gone: its end is told to whom it concerns by 'close'. */
export function writeMessage(socket: Socket, message: { readonly type: string }): void {
  if (socket.destroyed || !socket.writable) return;
  socket.write(`${JSON.stringify(message)}\n`);
  if (socket.writableLength > mostUnread) socket.destroy(new Error('the other end reads nothing'));
}
