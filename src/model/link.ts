// The line from a window to one process: requests by number, a look for signs of life while something waits, a new socket
// when the old one breaks, and the reason for everybody when the process has ended.

import { ModelError } from '../core/model/modelError.ts';
import type { FromModel, ToModel } from '../protocol/model.ts';
import { arrive } from './connection.ts';
import type { Connection } from './connection.ts';
import { exitError, silentError } from './exitReason.ts';
import type { RemoteProcess } from './remoteProcess.ts';
import { watchSilence } from './silence.ts';

/** An answer to a request. */
export type Answer = Extract<FromModel, { readonly id: number }>;

export interface Asker {
  /** Takes the next answer; true if it was the last. */
  readonly receive: (answer: Answer) => boolean;
  readonly fail: (error: ModelError) => void;
}

export interface Link {
  /** Sends a request; returns how to take it back: nobody is answered then. */
  readonly ask: (
    request: (id: number) => ToModel,
    asker: Asker,
  ) => { readonly cancel: () => void; readonly forget: () => void };
  readonly onEnd: (listener: (reason: ModelError) => void) => () => void;
  /** Fails whatever waits with `reason` and closes the socket. */
  readonly close: (reason: ModelError) => Promise<void>;
}

export interface LinkOptions {
  readonly silenceMs: number;
  readonly log: (level: 'error' | 'warn' | 'info' | 'debug', line: string) => void;
}

/** How long the end of a socket may come before that of its process. */
const exitMs = 500;

interface Request {
  readonly message: ToModel;
  readonly asker: Asker;
  state: 'unsent' | 'sent' | 'lost';
}

export function createLink(first: Connection, remote: RemoteProcess, { silenceMs, log }: LinkOptions): Link {
  const requests = new Map<number, Request>();
  const listeners = new Set<(reason: ModelError) => void>();
  const closing = new AbortController();
  let connection: Connection | undefined;
  let ended: ModelError | undefined;
  let isSettling = false;
  let lastId = 0;

  const watch = watchSilence({
    limitMs: silenceMs,
    isWaiting: () => requests.size > 0,
    onTick: () => connection?.send({ type: 'ping' }),
    onSilent: () => {
      remote.kill('SIGKILL');
      finish(silentError(false, silenceMs));
    },
  });

  const stop = (reason: ModelError): Promise<void> => {
    ended ??= reason;
    watch.dispose();
    closing.abort(reason);
    const waiting = [...requests.values()];
    requests.clear();
    for (const { asker } of waiting) asker.fail(reason);
    const open = connection;
    connection = undefined;
    return open?.close() ?? Promise.resolve();
  };

  const finish = (reason: ModelError): void => {
    if (ended) return;
    void stop(reason);
    for (const listener of listeners) listener(reason);
    listeners.clear();
  };

  const receive = (message: FromModel): void => {
    watch.sign();
    switch (message.type) {
      case 'event':
      case 'counted':
      case 'embedded':
      case 'ranked':
      case 'warmed':
      case 'statistics':
      case 'failed':
        if (requests.get(message.id)?.asker.receive(message) === true) requests.delete(message.id);
        return;
      case 'log':
        log(message.level, message.line);
        return;
      case 'loadFailed':
        finish(new ModelError(message.problem, message.message, message.detail));
        return;
      case 'loading':
      case 'ready':
      case 'pong':
        return;
    }
  };

  const settle = async (work: () => Promise<void>): Promise<void> => {
    isSettling = true;
    try {
      await work();
    } finally {
      isSettling = false;
    }
    if (!ended && connection === undefined && requests.size > 0) void settle(reconnect);
  };

  const lose = async (detail: string): Promise<void> => {
    for (const request of requests.values()) if (request.state === 'sent') request.state = 'lost';
    const reason = await remote.endedWithin(exitMs, false);
    if (reason) {
      finish(reason);
      return;
    }
    log('warn', `the connection to process ${remote.pid} broke: ${detail}`);
    const broke = new ModelError('ended', 'The connection to the model broke. Ask again.', detail);
    for (const [id, { state, asker }] of requests) {
      if (state !== 'lost') continue;
      requests.delete(id);
      asker.fail(broke);
    }
  };

  const reconnect = async (): Promise<void> => {
    // Rejects only when this is closed, and whoever waited has been told then.
    const arrival = await arrive(remote, silenceMs, closing.signal).catch(() => undefined);
    switch (arrival?.type) {
      case undefined:
        return;
      case 'in':
        if (ended) await arrival.connection.close();
        else attach(arrival.connection);
        return;
      case 'refused':
        finish((await remote.endedWithin(exitMs, false)) ?? exitError(undefined, false, arrival.detail));
        return;
      case 'silent':
        remote.kill('SIGKILL');
        finish(silentError(false, silenceMs));
        return;
    }
  };

  const attach = (to: Connection): void => {
    connection = to;
    to.listen(receive, (detail) => {
      if (connection !== to) return;
      connection = undefined;
      void settle(() => lose(detail));
    });
    for (const request of requests.values()) {
      if (request.state !== 'unsent') continue;
      request.state = 'sent';
      to.send(request.message);
    }
  };

  attach(first);

  return {
    ask: (request, asker) => {
      if (ended) {
        asker.fail(ended);
        return { cancel: () => undefined, forget: () => undefined };
      }
      const id = ++lastId;
      const message = request(id);
      if (requests.size === 0) watch.sign();
      requests.set(id, { message, asker, state: connection ? 'sent' : 'unsent' });
      if (connection) connection.send(message);
      else if (!isSettling) void settle(reconnect);
      return {
        cancel: () => {
          if (requests.get(id)?.state === 'sent') connection?.send({ type: 'cancel', id });
          else requests.delete(id);
        },
        forget: () => {
          requests.delete(id);
        },
      };
    },
    onEnd: (listener) => {
      if (ended) return () => undefined;
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close: stop,
  };
}
