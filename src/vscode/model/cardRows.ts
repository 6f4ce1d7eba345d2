// The model card: what is loaded, what was chosen and what it costs, put into rows for the page.

import { automaticSettings } from '../../core/model/engineSettings.ts';
import type { EngineSettings } from '../../core/model/engineSettings.ts';
import type { GenerateStatistics, ModelCard } from '../../core/model/language.ts';
import type { Translate } from '../../core/translate.ts';
import type { EngineStatistics } from '../../protocol/model.ts';
import type { MemoryPart, ModelRow, TeachingPassage } from '../../protocol/modelPage.ts';
import { countWords, durationWords, parameterWords, rate, sizeWords } from './sizes.ts';

/** The chapter that teaches what a row shows, by passage. */
export type Taught = (passageId: string) => TeachingPassage | undefined;

interface Words {
  readonly t: Translate;
  readonly taught: Taught;
}

function row(label: string, value: string, note?: string, taught?: TeachingPassage): ModelRow {
  return { label, value, ...(note !== undefined && { note }), ...(taught && { taught }) };
}

const gpuWords = { metal: 'Metal', cuda: 'CUDA', vulkan: 'Vulkan' } as const;

/** What the file is. */
export function factRows(card: ModelCard, { t, taught }: Words): readonly ModelRow[] {
  return [
    row(t('File'), card.file, sizeWords(card.fileBytes)),
    row(t('Parameters'), parameterWords(card.parameters), t('Architecture: {0}', card.architecture)),
    row(
      t('Quantisation'),
      card.quantisation,
      t('{0} bits a parameter', ((card.fileBytes * 8) / Math.max(1, card.parameters)).toFixed(1)),
      taught('parameter-quantization#gguf'),
    ),
    row(t('Engine'), card.engineVersion, t('Loaded in {0}', durationWords(card.loadMs))),
    ...(card.thinks ? [row(t('Reasoning'), t('It can think before it answers.'))] : []),
    ...(card.specimen ? [row(t('Specimen'), t('A model made for tests. Don’t believe what it says.'))] : []),
  ];
}

/** What the engine was told or chose by itself. `cores` is how many this machine has. */
export function choiceRows(
  card: ModelCard,
  settings: EngineSettings,
  cores: number,
  { t, taught }: Words,
): readonly ModelRow[] {
  const chosen = (value: string | number): string =>
    value === 'auto' ? t('Chosen automatically') : t('By your setting');
  const standard = (is: boolean): string => (is ? t('The default') : t('By your setting'));
  return [
    row(
      t('Layers'),
      card.gpuLayers > 0
        ? t('{0} of {1} layers on the GPU, {2}', card.gpuLayers, card.layers, sizeWords(card.memory.weightsVram))
        : t('All {0} layers on the processor', card.layers),
      [
        ...(card.gpu === 'none' ? [] : [[gpuWords[card.gpu], card.gpuName ?? []].flat().join(', ')]),
        settings.gpu === 'off' ? t('By your setting') : chosen(settings.gpuLayers),
      ].join(' · '),
      taught('cpu-offloading#layers'),
    ),
    row(t('Threads'), t('{0} of {1} cores', card.threads, cores), chosen(settings.threads)),
    row(
      t('Context'),
      t('{0} tokens', countWords(card.contextTokens)),
      t('{0}; the model was trained on {1}', chosen(settings.contextTokens), countWords(card.trainContextTokens)),
      taught('key-value-caching-and-paged-attention#formula'),
    ),
    row(
      t('Batch'),
      t('{0} tokens at once', countWords(card.batchTokens)),
      chosen(settings.batchTokens),
      taught('key-value-caching-and-paged-attention#phases'),
    ),
    row(
      t('FlashAttention'),
      card.flashAttention ? t('On') : t('Off'),
      chosen(settings.flashAttention),
      taught('flashattention#using'),
    ),
    row(
      t('KV cache'),
      card.kvCache.toUpperCase(),
      settings.kvCache === card.kvCache
        ? standard(settings.kvCache === automaticSettings.kvCache)
        : t('You asked for {0}, which this model can’t have', settings.kvCache.toUpperCase()),
      taught('key-value-caching-and-paged-attention#cache'),
    ),
    row(
      t('Speculation'),
      {
        off: t('Off'),
        lookup: t('Guesses from the words of the prompt'),
        draft: t('A smaller model guesses'),
      }[card.speculation],
      chosen(settings.speculation),
      taught('speculative-decoding#variants'),
    ),
    row(
      t('Memory'),
      card.memoryLocked ? t('Locked: the weights stay in memory') : t('Not locked'),
      standard(settings.lockMemory === automaticSettings.lockMemory),
      taught('cpu-offloading#mmap'),
    ),
  ];
}

/** What the model costs in memory. */
export function memoryRows(
  card: ModelCard,
  { t, taught }: Words,
): { readonly total: string; readonly parts: readonly MemoryPart[] } {
  const { weightsRam, weightsVram, kv, kvBytesPerToken, compute } = card.memory;
  const parts: MemoryPart[] = [
    {
      kind: 'weights',
      bytes: weightsRam,
      ...row(t('Weights'), sizeWords(weightsRam), undefined, taught('parameter-quantization#memory')),
    },
    {
      kind: 'weights-gpu',
      bytes: weightsVram,
      ...row(
        t('Weights on the GPU'),
        sizeWords(weightsVram),
        t('{0} of {1} layers', card.gpuLayers, card.layers),
        taught('cpu-offloading#layers'),
      ),
    },
    {
      kind: 'kv',
      bytes: kv,
      ...row(
        t('KV cache'),
        sizeWords(kv),
        t('{0} for each of {1} tokens', sizeWords(kvBytesPerToken), countWords(card.contextTokens)),
        taught('key-value-caching-and-paged-attention#formula'),
      ),
    },
    {
      kind: 'compute',
      bytes: compute,
      ...row(t('Compute buffers'), sizeWords(compute), t('For {0} tokens at once', countWords(card.batchTokens))),
    },
  ];
  const shown = parts.filter(({ bytes }) => bytes > 0);
  return { total: sizeWords(shown.reduce((sum, { bytes }) => sum + bytes, 0)), parts: shown };
}

/** How the last answer went. */
export function lastAnswerRows(last: GenerateStatistics, { t, taught }: Words): readonly ModelRow[] {
  const evaluated = last.promptTokens - last.reusedTokens;
  const prefill = rate(evaluated, last.prefillMs);
  const generation = rate(last.generatedTokens, last.generateMs);
  return [
    row(
      t('Prompt'),
      t('{0} tokens, {1} of them reused', countWords(last.promptTokens), countWords(last.reusedTokens)),
      last.restoredTokens > 0 ? t('{0} tokens came from the disk', countWords(last.restoredTokens)) : undefined,
      taught('key-value-caching-and-paged-attention#prefix'),
    ),
    ...(prefill === undefined
      ? []
      : [
          row(
            t('Reading'),
            t('{0} tokens a second', prefill),
            t('{0} tokens in {1}', countWords(evaluated), durationWords(last.prefillMs)),
            taught('key-value-caching-and-paged-attention#phases'),
          ),
        ]),
    row(t('First word'), t('after {0}', durationWords(last.firstTokenMs))),
    ...(generation === undefined
      ? []
      : [
          row(
            t('Writing'),
            t('{0} tokens a second', generation),
            t('{0} tokens in {1}', countWords(last.generatedTokens), durationWords(last.generateMs)),
          ),
        ]),
    ...(last.draftedTokens === 0
      ? []
      : [
          row(
            t('Guessed ahead'),
            t('{0} of {1} tokens were right', countWords(last.acceptedTokens), countWords(last.draftedTokens)),
            undefined,
            taught('speculative-decoding#speed'),
          ),
        ]),
  ];
}

/** What the process has done and holds. */
export function workRows(statistics: EngineStatistics, { t, taught }: Words): readonly ModelRow[] {
  const { stateFiles, windows } = statistics;
  return [
    row(t('Memory of the process'), sizeWords(statistics.residentBytes)),
    row(
      t('Windows'),
      windows === 1 ? t('Only this window uses it') : t('{0} windows share it', windows),
      t('The weights are in memory once'),
    ),
    row(
      t('Answered'),
      t('{0} tokens written, {1} read', countWords(statistics.generatedTokens), countWords(statistics.evaluatedTokens)),
      t('{0} tokens didn’t have to be read again', countWords(statistics.reusedTokens)),
    ),
    row(
      t('Kept on the disk'),
      stateFiles.count === 1
        ? t('1 prefix, {0} of {1}', sizeWords(stateFiles.bytes), sizeWords(stateFiles.quota))
        : t('{0} prefixes, {1} of {2}', stateFiles.count, sizeWords(stateFiles.bytes), sizeWords(stateFiles.quota)),
      undefined,
      taught('key-value-caching-and-paged-attention#prefix'),
    ),
  ];
}
