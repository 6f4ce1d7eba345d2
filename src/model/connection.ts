// A window's side of the socket: comes in with the token, then speaks in messages.

import { connect } from 'node:net';
import type { FromModel, ToModel } from '../protocol/model.ts';
import { readFromModel } from './messages.ts';
import { watchSilence } from './silence.ts';
import { cutLines, longestFromModel, wireVersion, writeMessage } from './wire.ts';

export interface Connection {
  readonly send: (message: ToModel) => void;
  /**
   * Hands over what has come so far and then what comes; `onClose` is called once, also if it has closed already. The
   * last to listen gets it all.
   */
  readonly listen: (onMessage: (message: FromModel) => void, onClose: (detail: string) => void) => void;
  /** Says goodbye; resolves when the socket has closed. */
  readonly close: () => Promise<void>;
}

/** What became of the attempt: 'refused' if nobody is there or the door was shut, 'silent' if nobody answered. */
export type Arrival =
  | { readonly type: 'in'; readonly connection: Connection }
  | { readonly type: 'refused'; readonly detail: string }
  | { readonly type: 'silent' };

const closeMs = 1_000;

/**
 * Connects and says hello; resolves when the process has answered with its first message. Rejects only with the signal's
 * reason.
 */
export async function arrive(
  to: { readonly socket: string; readonly token: string },
  silenceMs: number,
  signal: AbortSignal,
): Promise<Arrival> {
  signal.throwIfAborted();
  const socket = connect({ path: to.socket, noDelay: true });
  const closed = Promise.withResolvers<string>();
  const arrival = Promise.withResolvers<Arrival>();
  const early: FromModel[] = [];
  let detail = 'closed by the process';
  let receive = (message: FromModel): void => {
    early.push(message);
    arrival.resolve({ type: 'in', connection });
  };
  let hearClose: ((why: string) => void) | undefined;
  const fail = (why: string): void => {
    detail = why;
    socket.destroy();
  };
  const lines = cutLines(
    longestFromModel,
    (line) => {
      if (socket.destroyed) return;
      const message = readFromModel(line);
      if (message) receive(message);
      else fail(`not understood: ${line.slice(0, 200)}`);
    },
    () => {
      fail('a line that is too long');
    },
  );
  const connection: Connection = {
    send: (message) => {
      writeMessage(socket, message);
    },
    listen: (onMessage, onClose) => {
      receive = onMessage;
      hearClose = onClose;
      early.splice(0).forEach(onMessage);
      void closed.promise.then((why) => {
        if (hearClose === onClose) onClose(why);
      });
    },
    close: async () => {
      socket.end();
      const timer = setTimeout(() => {
        socket.destroy();
      }, closeMs);
      await closed.promise;
      clearTimeout(timer);
    },
  };
  socket.setEncoding('utf8');
  socket.on('connect', () => {
    connection.send({ type: 'hello', token: to.token, version: wireVersion });
  });
  socket.on('data', (piece: string) => {
    lines.push(piece);
  });
  socket.on('error', (error) => {
    detail = error.message;
  });
  socket.once('close', () => {
    closed.resolve(detail);
    arrival.resolve({ type: 'refused', detail });
  });

  const onAbort = (): void => {
    arrival.reject(signal.reason as Error);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  const silence = watchSilence({
    limitMs: silenceMs,
    isWaiting: () => true,
    onSilent: () => {
      arrival.resolve({ type: 'silent' });
    },
  });
  try {
    const result = await arrival.promise;
    if (result.type !== 'in') socket.destroy();
    return result;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    silence.dispose();
    signal.removeEventListener('abort', onAbort);
  }
}
