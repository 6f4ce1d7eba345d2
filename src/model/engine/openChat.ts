// A loaded chat model → the engine that answers with it.

import type { LlamaContext, LlamaModel } from 'node-llama-cpp';
import type { ChosenEngine } from '../../core/model/chooseEngine.ts';
import { kvBytesPerToken } from '../../core/model/kvCache.ts';
import { ModelError } from '../../core/model/modelError.ts';
import type { Engine } from '../engine.ts';
import { makeCard } from './card.ts';
import { createChatEngine } from './chatEngine.ts';
import { createDraftModel, sharesVocabulary } from './draftModel.ts';
import type { DraftModel } from './draftModel.ts';
import type { LoadedParts } from './loadedParts.ts';
import { createChatContext, createContext, loadModel } from './loading.ts';
import { attentionShape, modelFacts } from './modelFacts.ts';
import { forgetVocabulary } from './spareMemory.ts';
import { openStateFiles } from './stateFiles.ts';

export async function openChat(parts: LoadedParts): Promise<Omit<Engine, 'dispose'>> {
  const { options, model, llamaLog, signal, totals } = parts;
  if (model.fileInsights.hasEncoder && !model.fileInsights.hasDecoder) {
    throw new ModelError('not-supported', 'This model makes embeddings; it can’t answer. Choose a chat model.');
  }
  const { context, chosen } = await createChatContext({
    model,
    settings: options.settings,
    signal,
    log: options.log,
    llamaLog,
  });
  parts.owns(() => context.dispose());
  const contextLines = [...llamaLog.lines()];
  const draft = chosen.speculation === 'draft' ? await openDraft(parts, chosen, context.contextSize) : undefined;

  const card = makeCard({
    ...parts,
    chosen,
    context: { size: context.contextSize, batch: context.batchSize, memory: context.memoryUsage },
    ...(draft && { draft }),
    contextLines,
    thinks: false,
    speculation: chosen.speculation === 'draft' && draft === undefined ? 'lookup' : chosen.speculation,
    loadMs: performance.now() - parts.startedAt,
  });
  const files = await openStateFiles({
    folder: options.stateFolder,
    quota: options.stateQuota,
    // A revised file may hold the same samples: its time tells it from the one before.
    origin: {
      engine: parts.engineVersion,
      model: `${parts.modelHash}-${Math.floor(parts.modifiedMs)}`,
      kvCache: chosen.kvCache,
      flashAttention: card.flashAttention,
    },
    log: options.log,
    now: () => Date.now(),
  });
  const { thinks, ...chat } = createChatEngine({
    model,
    sequence: context.getSequence({ contextShift: { strategy: mustNotShift } }),
    createContext: (tokens, batch) => createContext(model, chosen, tokens, batch, parts.closing),
    card,
    ...(draft && { draftModel: draft.draftModel }),
    files,
    turns: parts.turns,
    closing: parts.closing,
    track: parts.track,
    onCosts: totals.add,
    log: options.log,
  });
  return {
    card: { ...card, thinks },
    ...chat,
    countTokens: (texts) => texts.map((text) => model.tokenize(text).length),
    embed: () =>
      Promise.reject(new ModelError('not-supported', 'This model answers; embeddings need a model of their own.')),
    rank: () =>
      Promise.reject(new ModelError('not-supported', 'This model answers; ranking needs a model of its own.')),
    statistics: () => ({ ...totals.counted(), stateFiles: files.statistics() }),
  };
}

/** Every request is counted before it starts; should the count be wrong, an error is better than a context cut in silence. */
function mustNotShift(): never {
  throw new ModelError('internal', 'The context is full. Start a new conversation.', 'context shift refused');
}

interface Draft {
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  readonly kvBytesPerToken: number;
  readonly draftModel: DraftModel;
}

/** Opens the draft model; without it guesses come from the prompt alone, which is no reason to refuse the model. */
async function openDraft(parts: LoadedParts, chosen: ChosenEngine, contextTokens: number): Promise<Draft | undefined> {
  const { options, llama, signal } = parts;
  try {
    const file = options.settings.draftFile;
    const model = await loadModel({ llama, file, settings: options.settings, signal, onLoading: () => undefined });
    parts.owns(() => model.dispose());
    const facts = modelFacts(model);
    if (!sharesVocabulary(parts.model, model) || !facts.rewindsFreely) {
      options.log(
        'warn',
        'The draft model’s vocabulary isn’t that of the model, or its state can’t be taken back; it isn’t used',
      );
      await model.dispose();
      return undefined;
    }
    const plain: ChosenEngine = { ...chosen, kvCache: 'f16', flashAttention: facts.flashAttention ? 'auto' : false };
    const context = await createContext(model, plain, contextTokens, chosen.batchTokens, signal);
    parts.owns(() => context.dispose());
    forgetVocabulary(model);
    return {
      model,
      context,
      kvBytesPerToken: kvBytesPerToken(attentionShape(model), 'f16'),
      draftModel: createDraftModel(context.getSequence(), context.batchSize),
    };
  } catch (error) {
    signal.throwIfAborted();
    options.log('warn', `The draft model can’t be used: ${String(error)}`);
    return undefined;
  }
}
