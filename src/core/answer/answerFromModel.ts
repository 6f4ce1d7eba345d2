// From the passages for a question to the end of its answer: load, lay out the prompt, generate, and what is to be said where
// the model gave less than an answer.

import type { AnswerBlock, AnswerEvent, AnswerMode, Coverage, SeenPassage } from '../answer.ts';
import type { GenerateRequest } from '../model/language.ts';
import type { ModelError } from '../model/modelError.ts';
import type { Passage } from '../passages.ts';
import type { Question } from '../question.ts';
import type { Found, RankedPassage } from '../search/retrieve.ts';
import { createSources, type AnswerSources } from './answerSources.ts';
import { createCheck } from './checkSentence.ts';
import { leadQuotation, noteBlock, quotedBlocks } from './instead.ts';
import { likelySources, type Material } from './material.ts';
import type { ModelAnswererParts, OpenModel } from './modelParts.ts';
import { layOut } from './layOut.ts';
import type { Prompt } from './prompt.ts';
import { chooseSentences } from './sentences.ts';
import type { WordKnowledge } from './support.ts';
import { writeAnswer, type Written } from './writeAnswer.ts';

/** A question that will be answered, with what was found for it. */
export interface Asked {
  readonly question: Question;
  readonly found: Found;
  readonly ranked: readonly RankedPassage[];
  readonly material: Material;
  readonly coverage: Coverage;
  /** It wasn't looked up by its words, so these can't be quoted for either. */
  readonly ungated: boolean;
  readonly chapterTitle: (chapterId: string) => string;
  readonly knowledge: WordKnowledge;
}

/** Answers of these modes are quoted as well if no passage carries any of their sentences. */
const telling: ReadonlySet<AnswerMode> = new Set(['answer', 'explain', 'compare', 'summarise']);

/** Where a model that wasn't told to stop begins to play the learner. */
const stopAt = ['\nQuestion:', '<passages>'];

/** The events after the first `sources`. Throws what isn't a ModelError; that one is told, and the handbook quoted. */
export async function* answerFromModel(asked: Asked, parts: ModelAnswererParts): AsyncGenerator<AnswerEvent> {
  const message = yield* fromModel(asked, parts);
  if (message === undefined) return;
  yield { type: 'fallback', message };
  if (!asked.ungated) yield* parts.quote(asked.question);
  else yield* leadQuotation(likelySources(asked.material), asked.coverage, (passages) => sourcesOf(passages, asked));
}

/** Returns why the model didn't answer, in words for the learner; undefined if it did. */
async function* fromModel(asked: Asked, parts: ModelAnswererParts): AsyncGenerator<AnswerEvent, string | undefined> {
  try {
    const model = yield* loading(parts);
    const prompts = await layOut(asked, model, parts);
    const passages = prompts.flatMap(({ numbers, current }) => current.flatMap((number) => numbers.get(number) ?? []));
    const sources = sourcesOf(passages, asked);
    if (!sameIds(passages, likelySources(asked.material))) yield sourcesEvent(asked, sources);
    return yield* write(asked, prompts, sources, model, parts);
  } catch (error) {
    if (isModelError(error)) return error.message;
    throw error;
  }
}

async function* loading({ model }: ModelAnswererParts): AsyncGenerator<AnswerEvent, OpenModel> {
  const opening = model.open();
  try {
    for (;;) {
      const next = await opening.next();
      if (next.done) return next.value;
      yield { type: 'progress', progress: next.value };
    }
  } finally {
    // Left before it was open; after its end this does nothing.
    await opening.return(undefined as never);
  }
}

async function* write(
  asked: Asked,
  prompts: readonly LaidOut[],
  sources: AnswerSources,
  model: OpenModel,
  parts: ModelAnswererParts,
): AsyncGenerator<AnswerEvent, string | undefined> {
  const { question, coverage } = asked;
  const { t } = parts;
  const blocks: AnswerBlock[] = [];
  const tell = function* (block: AnswerBlock): Generator<AnswerEvent> {
    yield { type: 'block', index: blocks.length, block };
    blocks.push(block);
  };
  let last: Written | undefined;
  let claims = 0;
  let supported = 0;
  const seen: SeenPassage[] = [];
  for (const [n, prompt] of prompts.entries()) {
    const inPrompt = [...prompt.numbers.values()];
    seen.push(...prompt.seen.map((passage) => numbered(passage, inPrompt, sources)));
    if (prompts.length > 1) yield* tell(noteBlock(t('Part {0} of {1}', n + 1, prompts.length)));
    yield { type: 'progress', progress: { phase: 'waiting' } };
    last = yield* writeAnswer(model.generate(requestOf(prompt, question, parts)), {
      numbers: prompt.numbers,
      sources,
      check: createCheck({ ...sources, passages: inPrompt, chapterTitle: asked.chapterTitle }, asked.knowledge),
      sourcesEvent: () => sourcesEvent(asked, sources),
      seen: (tokens, reused) => ({
        model: parts.model.name,
        context: model.contextTokens,
        prompt: tokens,
        reused,
        reserved: prompt.reserve,
        passages: [...seen],
        earlierTurns: prompt.earlierTurns,
        droppedTurns: prompt.droppedTurns,
      }),
      firstBlock: blocks.length,
      soFar: question.continued ? (prompt.messages.at(-1)?.text ?? '') : '',
    });
    blocks.push(...last.blocks);
    claims += last.claims;
    supported += last.supported;
    if (last.reason === 'stopped') return undefined;
    if (last.reason === 'repeating') {
      yield* tell(noteBlock(t('The model began to repeat itself and was stopped.')));
    }
    if (last.reason === 'length' && prompts.length > 1) {
      yield* tell(noteBlock(t('This part was too long to be summarised to its end.')));
    }
  }
  if (!last?.blocks.some(({ html }) => html !== '')) {
    return t('The model gave no answer, so the passages are quoted instead. Ask again, or choose another model.');
  }
  if (claims > 0 && supported === 0 && telling.has(question.mode ?? 'answer')) {
    const quotations = chooseSentences(asked.found);
    if (quotations.length > 0) {
      const before = sources.list().length;
      const quoted = quotedBlocks(quotations, sources);
      if (sources.list().length > before) yield { type: 'sources', coverage, sources: sources.list() };
      yield* tell(noteBlock(t('No passage carries what the model wrote. This is what the passages themselves say:')));
      for (const block of quoted) yield* tell(block);
    }
  }
  parts.memory.keep(blocks, last);
  if (last.reason === 'length' && prompts.length === 1) yield { type: 'cut' };
  return undefined;
}

type LaidOut = Prompt & { readonly reserve: number };

function requestOf(prompt: LaidOut, question: Question, { model }: ModelAnswererParts): GenerateRequest {
  const sampling =
    question.variation === undefined
      ? model.sampling
      : {
          ...model.sampling,
          temperature: Math.max(0.7, model.sampling?.temperature ?? 0),
          topP: 0.9,
          seed: question.variation,
        };
  return {
    messages: prompt.messages,
    maxTokens: prompt.reserve,
    ...(sampling && { sampling }),
    stopAt,
    priority: 'foreground',
    ...(prompt.keepMessages !== undefined && { keepMessages: prompt.keepMessages }),
  };
}

/** A passage that was considered, with the number of its source. */
function numbered(seen: SeenPassage, inPrompt: readonly Passage[], sources: AnswerSources): SeenPassage {
  const passage = seen.number === undefined ? undefined : inPrompt.find(({ id }) => id === seen.passageId);
  return passage ? { ...seen, number: sources.numberOf(passage) } : seen;
}

function sourcesOf(passages: readonly Passage[], { found, ranked, chapterTitle }: Asked): AnswerSources {
  return createSources(passages, { found, ranked, chapterTitle });
}

function sourcesEvent({ coverage }: Asked, sources: AnswerSources): AnswerEvent {
  return { type: 'sources', coverage, sources: sources.list() };
}

function sameIds(some: readonly Passage[], others: readonly Passage[]): boolean {
  return some.length === others.length && some.every(({ id }, n) => id === others[n]?.id);
}

/** By its name: each lazily loaded bundle has a class of its own. */
function isModelError(error: unknown): error is ModelError {
  return error instanceof Error && error.name === 'ModelError';
}
