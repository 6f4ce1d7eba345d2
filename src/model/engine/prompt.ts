// Messages → tokens. What people have written stays text: a control token spelt out in a question or a passage is tokenised
// letter by letter.

import type { LlamaModel, Token } from 'node-llama-cpp';
import type { AnswerTextRules } from '../../core/model/answerText.ts';
import type { ChatMessage } from '../../core/model/language.ts';
import { sharedPrefix } from '../../core/model/prefixPlan.ts';
import { createChatFormat } from './chatFormat.ts';

export interface Prompt {
  readonly tokens: readonly Token[];
  /** How the generated text is to be read. */
  readonly rules: Omit<AnswerTextRules, 'answerStops'>;
}

export interface PromptMaker {
  /** Whether the model can put its reasoning before its answer. */
  readonly thinks: boolean;
  /** Throws a ModelError where the template can't take the messages. */
  readonly make: (messages: readonly ChatMessage[], thoughts: 'auto' | 'off') => Prompt;
  /** The tokens with which every prompt begins that begins with these messages. */
  readonly stablePrefix: (messages: readonly ChatMessage[], thoughts: 'auto' | 'off') => readonly Token[];
}

/** Prefixes remembered: tokenising a chapter takes longer than comparing it. */
const remembered = 4;

export function createPromptMaker(model: LlamaModel): PromptMaker {
  const format = createChatFormat(model);
  const prefixes = new Map<string, readonly Token[]>();

  const make: PromptMaker['make'] = (messages, thoughts) => {
    const last = messages.at(-1);
    const continues = last?.role === 'assistant';
    const text = format.render(messages, thoughts);
    const { thought, hidden, stops } = format;
    const tokens = text.tokenize(model.tokenizer);
    const { bos, shouldPrependBosToken } = model.tokens;
    if (shouldPrependBosToken && bos !== null && tokens[0] !== bos) tokens.unshift(bos);
    return {
      tokens,
      rules: {
        ...(thought && { thought }),
        startsInThought: !continues && thought !== undefined && text.toString().trimEnd().endsWith(thought.open),
        hidden,
        stops,
        continues: continues && last.text !== '',
      },
    };
  };

  return {
    thinks: format.thought !== undefined,
    make,
    stablePrefix: (messages, thoughts) => {
      const key = JSON.stringify([thoughts, messages]);
      const known = prefixes.get(key);
      if (known) return known;
      // Two prompts that go on differently after these messages share them, and whatever of the template is certain to follow.
      const role = messages.at(-1)?.role === 'user' ? 'assistant' : 'user';
      const [first, second] = ['A', 'B'].map((text) => make([...messages, { role, text }], thoughts).tokens);
      const prefix = first === undefined || second === undefined ? [] : first.slice(0, sharedPrefix(first, second));
      if (prefixes.size >= remembered) prefixes.delete(prefixes.keys().next().value ?? '');
      prefixes.set(key, prefix);
      return prefix;
    },
  };
}
