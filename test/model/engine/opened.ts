// Opens the real engine for a test, and asks it.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { automaticSettings } from '../../../src/core/model/engineSettings.ts';
import type { EngineSettings } from '../../../src/core/model/engineSettings.ts';
import type { GenerateEvent, GenerateRequest } from '../../../src/core/model/language.ts';
import { openLlamaEngine } from '../../../src/model/engine/llamaEngine.ts';
import type { Engine, EngineOptions, GenerateEnd } from '../../../src/model/engine.ts';
import { buildRandomModel, chainOf } from '../specimen/shapes.ts';
import { inCache, specimen } from '../specimen/specimen.ts';

export interface Opening {
  readonly file?: string;
  readonly kind?: EngineOptions['kind'];
  readonly settings?: Partial<EngineSettings>;
  readonly stateFolder?: string;
  readonly stateQuota?: number;
  readonly signal?: AbortSignal;
  readonly log?: string[];
}

/** A folder that is gone after the test. */
export async function temporaryFolder(test: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hb-'));
  test.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens a model, the specimen if none is named, and puts it away after the test. */
export async function open(test: TestContext, opening: Opening = {}): Promise<Engine> {
  const engine = await openLlamaEngine(
    {
      file: opening.file ?? (await specimen('f16')),
      kind: opening.kind ?? 'chat',
      settings: { ...automaticSettings, gpu: 'off', threads: 1, contextTokens: 2048, ...opening.settings },
      stateFolder: opening.stateFolder ?? join(await temporaryFolder(test), 'states'),
      stateQuota: opening.stateQuota ?? 100_000_000,
      log: (level, line) => {
        opening.log?.push(`${level} ${line}`);
      },
      onLoading: () => undefined,
    },
    opening.signal ?? new AbortController().signal,
  );
  test.after(() => engine.dispose());
  return engine;
}

export interface Asked {
  readonly answer: string;
  readonly thought: string;
  readonly events: readonly GenerateEvent[];
  readonly end: GenerateEnd;
}

/** Asks and waits for the whole answer. */
export async function ask(
  engine: Engine,
  request: Partial<GenerateRequest> & Pick<GenerateRequest, 'messages'>,
  signal: AbortSignal = new AbortController().signal,
  onEvent: (event: GenerateEvent) => void = () => undefined,
): Promise<Asked> {
  const events: GenerateEvent[] = [];
  const end = await engine.generate({ maxTokens: 24, priority: 'foreground', ...request }, signal, (event) => {
    events.push(event);
    onEvent(event);
  });
  const of = (segment: 'answer' | 'thought'): string =>
    events.map((event) => (event.type === 'text' && event.segment === segment ? event.text : '')).join('');
  return { answer: of('answer'), thought: of('thought'), events, end };
}

/** A model that goes on for ever, word n + 1 after word n: what it says is known, and that it has more to say. */
export function chainModel(seed = 1): Promise<string> {
  return inCache(`engine-chain-${seed}`, 'chain.gguf', (path) => {
    buildRandomModel(path, { shape: 'tiny', type: 'f16', seed, chain: true });
  });
}

/** So many words of that model's chain, from word `from` on. */
export function chainText(
  from: number,
  count: number,
  change: (word: number, index: number) => number = (word) => word,
): string {
  return chainOf('tiny').text(Array.from({ length: count }, (_, index) => change(from + index, index)));
}

/** Text of about so many tokens that has nothing to do with that of another subject. */
export function prose(subject: string, tokens: number): string {
  const sentences = Array.from(
    { length: Math.ceil(tokens / 22) },
    (_, n) => `About ${subject}, part ${n + 1}: a model learns how one token follows another. `,
  );
  return sentences.join('').trim();
}
