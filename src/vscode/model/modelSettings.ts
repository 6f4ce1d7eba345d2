// The settings of the model, parsed: people write anything into a settings file. A value that makes no sense counts as the
// default, and is named, so that nobody wonders why nothing changed.

import { automaticSettings } from '../../core/model/engineSettings.ts';
import type { EngineSettings } from '../../core/model/engineSettings.ts';
import { oneOf } from '../fromPage.ts';

export interface ModelSettings {
  /** The chat model's file; empty for none: then answers are quoted. */
  readonly file: string;
  readonly embeddingFile: string;
  readonly rankingFile: string;
  readonly engine: EngineSettings;
  /** 0 is greedy. */
  readonly temperature: number;
  /** For how long a model that nobody uses stays in memory. */
  readonly idleMinutes: number;
  /** How much room evaluated prefixes may take on the disk together. */
  readonly keptPrefixesMegabytes: number;
  /** Whether a chapter that is being read is evaluated ahead of questions about it. */
  readonly warmChapters: boolean;
}

/** A setting whose value isn't one that it can have. */
export interface WrongSetting {
  readonly name: string;
  readonly value: string;
}

/** What VS Code's configuration section `handbook` is read through. */
export interface RawSettings {
  readonly get: (name: string) => unknown;
}

/** Parses the settings; `wrong` lists those that count as their default because their value makes no sense. */
export function parseModelSettings(settings: RawSettings): {
  readonly model: ModelSettings;
  readonly wrong: readonly WrongSetting[];
} {
  const wrong: WrongSetting[] = [];

  const parsed = <T>(name: string, value: unknown, parse: (value: unknown) => T | undefined, standard: T): T => {
    if (value === undefined || value === null) return standard;
    const known = parse(value);
    if (known === undefined) wrong.push({ name: `handbook.${name}`, value: shown(value) });
    return known ?? standard;
  };
  const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);
  const path = (value: unknown): string | undefined => (typeof value === 'string' ? value.trim() : undefined);
  const choice =
    <T extends string>(...choices: readonly T[]) =>
    (value: unknown): T | undefined =>
      oneOf(choices, value);

  const automatic = automaticSettings;
  const model: ModelSettings = {
    file: parsed('model.file', settings.get('model.file'), path, ''),
    embeddingFile: parsed('model.embeddingFile', settings.get('model.embeddingFile'), path, ''),
    rankingFile: parsed('model.rankingFile', settings.get('model.rankingFile'), path, ''),
    temperature: parsed('model.temperature', settings.get('model.temperature'), number(0, 2), 0),
    idleMinutes: parsed('model.idleMinutes', settings.get('model.idleMinutes'), number(1, 24 * 60), 15),
    keptPrefixesMegabytes: parsed(
      'model.keptPrefixesMegabytes',
      settings.get('model.keptPrefixesMegabytes'),
      number(0, 1_000_000),
      1024,
    ),
    warmChapters: parsed('model.warmChapters', settings.get('model.warmChapters'), flag, true),
    engine: {
      gpu: parsed(
        'engine.gpu',
        settings.get('engine.gpu'),
        choice('auto', 'off', 'metal', 'cuda', 'vulkan'),
        automatic.gpu,
      ),
      gpuLayers: parsed('engine.gpuLayers', settings.get('engine.gpuLayers'), autoOr(0, 10_000), automatic.gpuLayers),
      threads: parsed('engine.threads', settings.get('engine.threads'), autoOr(1, 1024), automatic.threads),
      contextTokens: parsed(
        'engine.contextTokens',
        settings.get('engine.contextTokens'),
        autoOr(512, 10_000_000),
        automatic.contextTokens,
      ),
      batchTokens: parsed(
        'engine.batchTokens',
        settings.get('engine.batchTokens'),
        autoOr(16, 8192),
        automatic.batchTokens,
      ),
      flashAttention: parsed(
        'engine.flashAttention',
        settings.get('engine.flashAttention'),
        choice('auto', 'on', 'off'),
        automatic.flashAttention,
      ),
      kvCache: parsed(
        'engine.kvCache',
        settings.get('engine.kvCache'),
        choice('f16', 'q8_0', 'q4_0'),
        automatic.kvCache,
      ),
      lockMemory: parsed('engine.lockMemory', settings.get('engine.lockMemory'), flag, automatic.lockMemory),
      speculation: parsed(
        'engine.speculation',
        settings.get('engine.speculation'),
        choice('auto', 'off', 'lookup', 'draft'),
        automatic.speculation,
      ),
      draftFile: parsed('engine.draftFile', settings.get('engine.draftFile'), path, automatic.draftFile),
    },
  };
  return { model, wrong };
}

function number(least: number, most: number): (value: unknown) => number | undefined {
  return (value) =>
    typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most ? value : undefined;
}

/** "auto", or a whole number: as a number, or as the text that VS Code's settings editor makes of it. */
function autoOr(least: number, most: number): (value: unknown) => 'auto' | number | undefined {
  const inRange = number(least, most);
  return (value) => {
    if (value === 'auto' || value === '') return 'auto';
    const known = typeof value === 'string' && /^\d{1,9}$/.test(value.trim()) ? Number(value) : value;
    return Number.isInteger(known) ? inRange(known) : undefined;
  };
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) as string | undefined);
  return (text ?? '').slice(0, 60);
}
