// The words of an answer: whose they are, sentence by sentence where the handbook is quoted, block by block where a model
// writes.

import type { AnswerBlock, AnswerSentence, Coverage, Scope, Seen, Source, Speaker } from '../../src/protocol/ask.ts';
import { element } from '../dom.ts';
import { blockList, type BlockActions } from './blocks.ts';
import { partly, speakerWords } from './notices.ts';
import { sentenceElement } from './sentences.ts';
import { unsupportedLegend } from './unsupported.ts';

/** What an answer rests on, as far as it is known. */
export interface Grounds {
  readonly sources: readonly Source[];
  readonly coverage: Coverage;
  readonly seen: Seen | undefined;
  /** Where it was looked up. */
  readonly scope: Scope | undefined;
}

export interface AnswerBody {
  readonly label: HTMLElement;
  readonly words: HTMLElement;
  readonly legend: HTMLElement;
  /** Who speaks; undefined before the first word. */
  readonly speaker: () => Speaker | undefined;
  readonly addSentence: (speaker: Speaker, sentence: AnswerSentence) => void;
  readonly setBlock: (index: number, block: AnswerBlock) => void;
  /** Shows something else instead of an answer. */
  readonly replace: (instead: HTMLElement) => void;
  /** As if nothing had been said. */
  readonly forget: () => void;
  /** What has been painted needn't be read out. */
  readonly skip: () => void;
  /** Reads out the blocks that are complete: those before the last, at the end all. */
  readonly tell: (announce: (words: string) => void, all: boolean) => void;
}

/** An answer of which nothing has come in. */
export function answerBody(grounds: () => Grounds, actions: BlockActions): AnswerBody {
  const label = element('p', { class: 'speaker' });
  const words = element('div', { class: 'answer' });
  const legend = unsupportedLegend();
  const sources = (): readonly Source[] => grounds().sources;
  let blocks = blockList(sources, actions);
  let speaker: Speaker | undefined;
  /** How many blocks have been read out. */
  let told = 0;
  let unsupported: number[] = [];
  label.hidden = true;
  legend.hidden = true;

  const speak = (who: Speaker): void => {
    if (speaker !== undefined) return;
    const { coverage, seen, scope, sources: from } = grounds();
    speaker = who;
    label.hidden = false;
    label.replaceChildren(...speakerWords(who, seen, from));
    words.replaceChildren(
      ...(coverage === 'partly' ? [partly(scope)] : []),
      who === 'model' ? blocks.element : element('p', { class: 'sentences' }),
    );
  };

  return {
    label,
    words,
    legend,
    speaker: () => speaker,
    addSentence: (who, sentence) => {
      speak(who);
      placeFor(sentence, words).append(sentenceElement(sentence, sources(), actions));
      if (sentence.citations.length === 0) legend.hidden = false;
    },
    setBlock: (index, block) => {
      speak('model');
      blocks.set(index, block);
      unsupported[Math.min(index, blocks.count() - 1)] = block.unsupported;
      legend.hidden = unsupported.every((sentences) => sentences === 0);
    },
    replace: (instead) => {
      words.replaceChildren(instead);
    },
    forget: () => {
      blocks = blockList(sources, actions);
      told = 0;
      unsupported = [];
      legend.hidden = true;
      speaker = undefined;
      label.hidden = true;
      words.replaceChildren();
    },
    skip: () => {
      told = blocks.count();
    },
    tell: (announce, all) => {
      const complete = all ? blocks.count() : blocks.count() - 1;
      if (told === 0 && complete > 0) announce(label.textContent);
      for (; told < complete; told++) announce(blocks.words(told));
    },
  };
}

/** Where a sentence goes: into the paragraph that is open, or, as a step, into a list of steps. */
function placeFor({ step }: AnswerSentence, words: HTMLElement): HTMLElement {
  const open = words.lastElementChild;
  if (step === undefined) {
    if (open instanceof HTMLParagraphElement) return open;
    return words.appendChild(element('p', { class: 'sentences' }));
  }
  const list = open instanceof HTMLOListElement ? open : words.appendChild(element('ol', { class: 'steps' }));
  return list.appendChild(element('li', { value: step }));
}
