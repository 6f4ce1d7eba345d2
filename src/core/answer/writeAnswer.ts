// What a model sends → what the learner sees: thoughts, progress, and Markdown in blocks with its citations checked.

import type { AnswerEvent, AnswerBlock, Seen } from '../answer.ts';
import type { GenerateEvent } from '../model/language.ts';
import type { Passage } from '../passages.ts';
import { createAnswerBlocks, type BlockUpdate } from './answerBlocks.ts';
import type { AnswerSources } from './answerSources.ts';
import { createCitationStream, type AnswerPart } from './citationStream.ts';
import type { WrittenAnswer } from './earlierTurns.ts';
import { beforeRepetition } from './repetition.ts';
import type { CheckSentence } from './renderBlock.ts';

export interface WritingParts {
  /** The passages in the prompt by their numbers there. */
  readonly numbers: ReadonlyMap<number, Passage>;
  readonly sources: AnswerSources;
  readonly check: CheckSentence;
  /** Sources as they are sent, whenever one has joined them. */
  readonly sourcesEvent: () => AnswerEvent;
  readonly seen: (prompt: number, reused: number) => Seen;
  /** The index of the first block. */
  readonly firstBlock: number;
  /** What was written before, to be continued. */
  readonly soFar: string;
}

/** How an answer came to its end. 'repeating': it ran into a loop and was stopped. */
export interface Written extends WrittenAnswer {
  readonly reason: 'finished' | 'length' | 'stopped' | 'repeating';
  readonly blocks: readonly AnswerBlock[];
  /** Sentences that claim something, and how many of them the passages carry. */
  readonly claims: number;
  readonly supported: number;
}

/** Passes a generation on as it comes. Throws what `events` throws. */
export async function* writeAnswer(
  events: AsyncIterable<GenerateEvent>,
  parts: WritingParts,
): AsyncGenerator<AnswerEvent, Written> {
  const { sources, sourcesEvent, firstBlock } = parts;
  let writer = createWriter(parts);
  let text = parts.soFar;
  let told = sources.list().length;
  let reason: Written['reason'] = 'stopped';
  const pass = function* (updates: readonly BlockUpdate[]): Generator<AnswerEvent> {
    if (sources.list().length > told) {
      told = sources.list().length;
      yield sourcesEvent();
    }
    for (const { index, block } of updates) yield { type: 'block', index: firstBlock + index, block };
  };

  yield* pass(writer.append(text));
  generation: for await (const event of events) {
    switch (event.type) {
      case 'prompt':
        yield { type: 'seen', seen: parts.seen(event.tokens, event.reused) };
        break;
      case 'prefill':
        yield {
          type: 'progress',
          progress: { phase: 'reading', fraction: event.total > 0 ? event.evaluated / event.total : 1 },
        };
        break;
      case 'text':
        if (event.segment === 'thought') {
          yield { type: 'thought', text: event.text };
          break;
        }
        text += event.text;
        if (beforeRepetition(text) !== undefined) {
          reason = 'repeating';
          break generation;
        }
        yield* pass(writer.append(event.text));
        break;
      case 'end':
        reason = event.reason;
        break;
    }
  }
  if (reason === 'repeating') {
    const before = writer.blocks();
    text = text.slice(0, beforeRepetition(text));
    writer = createWriter(parts);
    yield* pass(writer.append(text));
    yield* pass(writer.flush());
    // What has been told can't be taken back; what repeated only itself is made empty.
    const surplus = before
      .slice(writer.blocks().length)
      .map((_, n) => ({ index: writer.blocks().length + n, block: emptyBlock }));
    yield* pass(surplus);
  } else {
    yield* pass(writer.flush());
  }
  return { reason, text, ...writer.result() };
}

const emptyBlock: AnswerBlock = { markdown: '', html: '', citations: [], unsupported: 0 };

interface Writer {
  readonly append: (text: string) => readonly BlockUpdate[];
  readonly flush: () => readonly BlockUpdate[];
  readonly blocks: () => readonly AnswerBlock[];
  readonly result: () => Pick<Written, 'blocks' | 'claims' | 'supported' | 'passageIds'>;
}

function createWriter({ numbers, sources, check }: WritingParts): Writer {
  const passageIds = new Map<number, string>();
  const judged = new Map<string, boolean>();
  const stream = createCitationStream((number) => numbers.has(number));
  const blocks = createAnswerBlocks((text, citations) => {
    const checked = check(text, citations);
    if (checked.support !== 'no-claim') judged.set(text, checked.support === 'supported');
    return checked;
  });
  const written: AnswerBlock[] = [];
  const keep = (updates: readonly BlockUpdate[]): readonly BlockUpdate[] => {
    for (const { index, block } of updates) written[index] = block;
    return updates;
  };
  /** From numbers of the prompt to those of the sources. */
  const shown = (part: AnswerPart): AnswerPart => {
    if (part.type !== 'citation') return part;
    const passage = numbers.get(part.number);
    if (!passage) return { type: 'text', text: '' };
    passageIds.set(part.number, passage.id);
    return { type: 'citation', number: sources.numberOf(passage) };
  };
  return {
    append: (text) => (text === '' ? [] : keep(blocks.append(stream.append(text).map(shown)))),
    flush: () => [...keep(blocks.append(stream.flush().map(shown))), ...keep(blocks.flush())],
    blocks: () => written,
    result: () => ({
      blocks: written,
      passageIds,
      claims: judged.size,
      supported: [...judged.values()].filter(Boolean).length,
    }),
  };
}
