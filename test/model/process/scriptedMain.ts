// The model's process with an engine that does what it is told: by the text of the model file how to load, by the last
// message how to answer. Everything around the engine is the real thing.

import { existsSync, readFileSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { GenerateStatistics } from '../../../src/core/model/language.ts';
import { ModelError } from '../../../src/core/model/modelError.ts';
import type { Engine, EngineOptions } from '../../../src/model/engine.ts';
import { runModelProcess } from '../../../src/model/modelProcess.ts';

runModelProcess(() => Promise.resolve(openScripted));

async function openScripted(options: EngineOptions, signal: AbortSignal): Promise<Engine> {
  const [how = '', amount = '0'] = readFileSync(options.file, 'utf8').trim().split(' ');
  options.onLoading(0.1);
  switch (how) {
    case 'ok':
      break;
    case 'slow':
      for (let step = 1; step < 10; step++) {
        await wait(Number(amount) / 10, undefined, { signal });
        options.onLoading(step / 10);
      }
      break;
    case 'hang':
      await forever(signal);
      break;
    case 'deaf':
      await forever(undefined);
      break;
    case 'spin':
      spin(Number(amount));
      break;
    case 'abort':
      return process.abort();
    // Crashes as long as there is a file beside the model's.
    case 'flaky':
      if (existsSync(`${options.file}.crash`)) process.abort();
      break;
    // Says which engine package it found.
    case 'package': {
      const { version } = (await import('node-llama-cpp')) as { version?: unknown };
      throw new ModelError('no-engine', `engine ${String(version)}`);
    }
    case 'refuse':
      throw new ModelError('bad-file', 'This file is no model.', 'wrong magic');
    case 'break':
      throw new TypeError('a bug in the engine');
    case 'flood':
      flood(1024 * 1024);
      break;
    default:
      throw new Error(`unknown way to load: ${how}`);
  }
  options.log('info', `loaded ${options.file}`);
  let generated = 0;
  return {
    card: { ...card, file: options.file, kind: options.kind, kvCache: options.settings.kvCache },
    countTokens: (texts) => texts.map((text) => text.length),
    countPrompt: (messages) => messages.reduce((sum, { text }) => sum + text.length, 0),
    embed: async (texts, _priority, stop) => {
      await wait(1, undefined, { signal: stop });
      return texts.map((text) => (text === 'not a number' ? [Number.NaN] : [text.length, 0.5]));
    },
    rank: (query, documents) => Promise.resolve(documents.map((document) => (document.includes(query) ? 1 : 0))),
    warm: async (messages, stop) => {
      await wait(messages[0]?.text === 'long' ? 60_000 : 1, undefined, { signal: stop });
      return { tokens: messages.length, fresh: true };
    },
    statistics: () => ({ ...noStatistics, generatedTokens: generated }),
    dispose: () => Promise.resolve(),
    generate: async (request, stop, onEvent) => {
      const [what = '', first = '0', second = '0'] = (request.messages.at(-1)?.text ?? '').split(' ');
      onEvent({ type: 'prompt', tokens: 10, reused: 0 });
      let made = 0;
      const say = (text: string): void => {
        made++;
        generated++;
        onEvent({ type: 'text', segment: 'answer', text });
      };
      const end = (reason: 'finished' | 'stopped') =>
        ({ type: 'end', reason, statistics: { ...noGeneration, generatedTokens: made } }) as const;
      switch (what) {
        // count N MS: N tokens, one each MS milliseconds.
        case 'count':
          for (let token = 0; token < Number(first); token++) {
            if (stop.aborted) return end('stopped');
            if (Number(second) > 0) await wait(Number(second));
            say(`${token} `);
          }
          return end('finished');
        case 'wait':
          await forever(stop).catch(() => undefined);
          return end('stopped');
        case 'deaf':
          await forever(undefined);
          return end('finished');
        case 'abort':
          say('last words');
          await wait(Number(first));
          return process.abort();
        case 'throw':
          setTimeout(() => {
            throw new Error('thrown beside');
          }, 1);
          await forever(undefined);
          return end('finished');
        case 'reject':
          void Promise.reject(new Error('nobody looks'));
          await wait(5);
          return end('finished');
        case 'spin':
          spin(Number(first));
          return end('finished');
        case 'flood':
          flood(Number(first));
          return end('finished');
        case 'self':
          say(JSON.stringify({ argv: process.argv, execArgv: process.execArgv, env: process.env, group: process.pid }));
          return end('finished');
        case 'refuse':
          throw new ModelError('prompt-too-long', 'The question is too long.', '10 of 5 tokens');
        default:
          throw new Error(`unknown task: ${what}`);
      }
    },
  };
}

function forever(signal: AbortSignal | undefined): Promise<void> {
  return wait(2 ** 30, undefined, signal && { signal });
}

/** Blocks the event loop, for ever if `ms` is 0. */
function spin(ms: number): void {
  const until = performance.now() + (ms === 0 ? Number.POSITIVE_INFINITY : ms);
  while (performance.now() < until);
}

/** Prints as native code does (past Node's streams) and as JavaScript does. */
function flood(bytes: number): void {
  const line = `${'x'.repeat(127)}\n`;
  for (let printed = 0; printed < bytes; printed += 256) {
    try {
      writeSync(2, line);
    } catch {
      // Full, and nobody reads: dropped.
    }
    process.stdout.write(line);
  }
}

const noGeneration: GenerateStatistics = {
  promptTokens: 10,
  reusedTokens: 0,
  restoredTokens: 0,
  generatedTokens: 0,
  prefillMs: 0,
  generateMs: 0,
  firstTokenMs: 0,
  draftedTokens: 0,
  acceptedTokens: 0,
};

const noStatistics = {
  generatedTokens: 0,
  evaluatedTokens: 0,
  reusedTokens: 0,
  restoredTokens: 0,
  draftedTokens: 0,
  acceptedTokens: 0,
  stateFiles: { count: 0, bytes: 0, quota: 0 },
};

const card: Engine['card'] = {
  name: 'scripted',
  file: '',
  modelHash: 'none',
  kind: 'chat',
  architecture: 'none',
  parameters: 0,
  quantisation: 'F16',
  fileBytes: 0,
  specimen: true,
  thinks: false,
  gpu: 'none',
  layers: 1,
  gpuLayers: 0,
  threads: 1,
  contextTokens: 4096,
  trainContextTokens: 4096,
  batchTokens: 128,
  flashAttention: false,
  kvCache: 'f16',
  memoryLocked: false,
  speculation: 'off',
  memory: { weightsRam: 0, weightsVram: 0, kvBytesPerToken: 0, kv: 0, compute: 0 },
  engineVersion: 'scripted',
  loadMs: 0,
};
