// What llama.cpp says while it loads: the only place where it tells why a file can't be loaded, and what it has allocated.

import { LlamaLogLevel } from 'node-llama-cpp';
import type { EngineOptions } from '../engine.ts';

export interface LlamaLog {
  /** For getLlama: passes on to the engine's log and keeps the last lines. */
  readonly write: (level: LlamaLogLevel, line: string) => void;
  /** The lines since `mark`, at most the last few hundred. */
  readonly lines: () => readonly string[];
  /** Forgets what has been said so far. */
  readonly mark: () => void;
}

const kept = 400;

export function createLlamaLog(log: EngineOptions['log']): LlamaLog {
  let lines: string[] = [];
  return {
    lines: () => lines,
    mark: () => {
      lines = [];
    },
    write: (level, message) => {
      const line = message.trim();
      // Progress is drawn in dots, a line each.
      if (line === '' || /^\.+$/.test(line)) return;
      lines.push(line);
      if (lines.length > kept) lines.splice(0, lines.length - kept / 2);
      switch (level) {
        case LlamaLogLevel.fatal:
        case LlamaLogLevel.error:
          log('error', line);
          return;
        case LlamaLogLevel.warn:
          log('warn', line);
          return;
        case LlamaLogLevel.info:
        case LlamaLogLevel.log:
        case LlamaLogLevel.debug:
        case LlamaLogLevel.disabled:
          log('debug', line);
          return;
      }
    },
  };
}

const mebibyte = 1024 * 1024;

/** What the lines of a context's creation say about it. Sizes in bytes; undefined where nothing was said. */
export function contextFacts(lines: readonly string[]): {
  readonly kv: number | undefined;
  readonly compute: number | undefined;
  readonly flashAttention: boolean | undefined;
} {
  const sum = (pattern: RegExp): number | undefined => {
    const sizes = lines.flatMap((line) => {
      const size = pattern.exec(line)?.[1];
      return size === undefined ? [] : [Number(size)];
    });
    return sizes.length === 0 ? undefined : Math.round(sizes.reduce((a, b) => a + b) * mebibyte);
  };
  const flash = lines.flatMap((line) => /Flash Attention.*\b(enabled|disabled)\b/i.exec(line)?.[1] ?? []).at(-1);
  const wanted = lines.flatMap((line) => /flash_attn\s*=\s*(\w+)/.exec(line)?.[1] ?? []).at(-1);
  return {
    kv: sum(/KV buffer size =\s*([\d.]+) MiB/),
    compute: sum(/(?:compute|output) buffer size =\s*([\d.]+) MiB/),
    flashAttention:
      flash !== undefined
        ? flash === 'enabled'
        : wanted === 'enabled'
          ? true
          : wanted === 'disabled'
            ? false
            : undefined,
  };
}

/** Whether llama.cpp complained that it couldn't keep the weights in memory. */
export function saysNotLocked(lines: readonly string[]): boolean {
  return lines.some((line) => /failed to (m|virtual)lock|mlock.*(fail|not supported)/i.test(line));
}
