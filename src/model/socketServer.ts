// The door of the model's process: lets in who knows the token, and turns lines into messages. Whoever comes without, says
// nothing, or talks nonsense is shown out; the process lives on.

import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import type { FromModel, ToModel } from '../protocol/model.ts';
import { readToModel } from './messages.ts';
import { cutLines, longestToModel, wireVersion, writeMessage } from './wire.ts';

export interface DoorOptions {
  readonly address: string;
  readonly token: string;
  /** How long a stranger may take to say who they are. */
  readonly helloMs: number;
  readonly log: (level: 'warn' | 'debug', line: string) => void;
  /** A window has come in. */
  readonly join: (send: (message: FromModel) => void) => JoinedWindow;
}

export interface JoinedWindow {
  readonly receive: (message: ToModel) => void;
  readonly leave: () => void;
}

export interface Door {
  /** Lets nobody in any more, sends what is still to be sent, and closes; resolves when all are gone or after `graceMs`. */
  readonly close: (graceMs: number) => Promise<void>;
}

/** The longest line of somebody who isn't known yet: a hello fits. */
const longestHello = 1024;

/** Strangers at the door at once; windows are few. */
const mostStrangers = 64;

/** Listens at `address`; rejects if that can't be. */
export async function openDoor(options: DoorOptions): Promise<Door> {
  const sockets = new Set<Socket>();
  const strangers = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    if (strangers.size >= mostStrangers) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    strangers.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      strangers.delete(socket);
    });
    receive(socket, options, () => {
      strangers.delete(socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.address, () => {
      server.off('error', reject);
      server.on('error', (error) => {
        options.log('warn', `socket: ${error.message}`);
      });
      resolve();
    });
  });
  return {
    close: async (graceMs) => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      for (const socket of sockets) socket.end();
      const timer = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

function receive(socket: Socket, { token, helloMs, log, join }: DoorOptions, letIn: () => void): void {
  let window: JoinedWindow | undefined;
  const showOut = (why: string): void => {
    log('warn', `a connection was closed: ${why}`);
    socket.destroy();
  };
  const hello = setTimeout(() => {
    showOut('no hello in time');
  }, helloMs);
  const lines = cutLines(
    longestHello,
    (line) => {
      if (socket.destroyed || !socket.readable) return;
      const message = readToModel(line);
      if (window) {
        if (message === undefined || message.type === 'hello') showOut('a line that is no message');
        else window.receive(message);
        return;
      }
      if (message?.type !== 'hello' || !isSame(message.token, token)) {
        showOut('a wrong hello');
        return;
      }
      clearTimeout(hello);
      if (message.version !== wireVersion) {
        log('warn', `a window speaks version ${message.version} of the wire, this process ${wireVersion}`);
        writeMessage(socket, otherVersion(message.version));
        socket.end();
        return;
      }
      letIn();
      lines.allow(longestToModel);
      window = join((answer) => {
        writeMessage(socket, answer);
      });
    },
    () => {
      showOut('a line that is too long');
    },
  );
  socket.setEncoding('utf8');
  socket.on('data', (piece: string) => {
    lines.push(piece);
  });
  socket.on('error', (error) => {
    log('debug', `connection: ${error.message}`);
  });
  socket.once('close', () => {
    clearTimeout(hello);
    window?.leave();
    window = undefined;
  });
}

function otherVersion(version: string): FromModel {
  return {
    type: 'loadFailed',
    problem: 'internal',
    message:
      'The model’s process belongs to another version of the companion. Reload the window, and other windows that use the model.',
    detail: `wire version ${wireVersion} in the process, ${version} in the window`,
  };
}

/** Compares in a time that tells nothing of where the two differ, nor of their lengths. */
function isSame(given: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
