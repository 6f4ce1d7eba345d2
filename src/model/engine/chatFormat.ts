// A model's chat template, put to work: conversations → text, as its makers meant it. What people have written stays apart
// from the template's own control tokens.

import {
  JinjaTemplateChatWrapper,
  LlamaText,
  SpecialToken,
  SpecialTokensText,
  resolveChatWrapper,
} from 'node-llama-cpp';
import type { ChatHistoryItem, ChatWrapper, LlamaModel } from 'node-llama-cpp';
import type { ChatMessage } from '../../core/model/language.ts';
import { ModelError } from '../../core/model/modelError.ts';

export interface ThoughtMarks {
  readonly open: string;
  readonly close: string;
}

export interface ChatFormat {
  /** What encloses a thought in generated text; undefined for a model that doesn't think. */
  readonly thought: ThoughtMarks | undefined;
  /** Text of the format that a model writes itself and that belongs neither to its thought nor to its answer. */
  readonly hidden: readonly string[];
  /** Text that ends an answer, besides the tokens that do. */
  readonly stops: readonly string[];
  /** The text of a conversation up to where the model goes on. Throws a ModelError where the template refuses it. */
  readonly render: (messages: readonly ChatMessage[], thoughts: 'auto' | 'off') => LlamaText;
}

const usualMarks: ThoughtMarks = { open: '<think>', close: '</think>' };

export function createChatFormat(model: LlamaModel): ChatFormat {
  const template = model.fileInfo.metadata.tokenizer.chat_template ?? '';
  // Knows formats by name; and has one for a model without a template.
  const named = resolveChatWrapper(model, { warningLogs: false });
  const { hidden, stops } = generatedParts(named);
  const thought = thoughtMarks(named, template, hidden);
  const wrappers = new Map<string, ChatWrapper>();

  /** The template itself, told to open the model's answer or not; formats that it can't be used with are known by name. */
  const wrapperFor = (thoughts: 'auto' | 'off', opensAnswer: boolean): ChatWrapper => {
    const key = `${thoughts} ${String(opensAnswer)}`;
    const known = wrappers.get(key) ?? createWrapper(model, template, thoughts === 'auto', opensAnswer) ?? named;
    wrappers.set(key, known);
    return known;
  };

  return {
    thought,
    hidden,
    stops,
    render: (messages, thoughts) => {
      const continues = messages.at(-1)?.role === 'assistant';
      const wrapper = wrapperFor(thoughts, !continues);
      const items = messages.map(historyItem);
      const last = items.at(-1);
      // Where every answer begins with a thought, what is gone on with comes after it.
      if (last?.type === 'model' && opensThought(wrapper)) last.response.unshift(emptyThought);
      if (!continues && wrapper === named) items.push({ type: 'model', response: [] });
      const text = contextText(wrapper, items);
      return thoughts === 'off' && !continues && thought && hidden.length === 0 ? withoutThought(text, thought) : text;
    },
  };
}

/** The template as it is; undefined where there is none, or where it can't be used. */
function createWrapper(
  model: LlamaModel,
  template: string,
  reasoning: boolean,
  opensAnswer: boolean,
): ChatWrapper | undefined {
  if (template.trim() === '') return undefined;
  try {
    const wrapper = new JinjaTemplateChatWrapper({
      template,
      tokenizer: model.tokenizer,
      reasoning,
      ...(opensAnswer && { additionalRenderParameters: { add_generation_prompt: true } }),
    });
    if (!opensAnswer) return wrapper;
    // Some templates open no answer: nothing stands behind the question then.
    const text = contextText(wrapper, [{ type: 'user', text: 'A' }]).toString();
    return text.slice(text.lastIndexOf('A') + 1).trim() === '' ? undefined : wrapper;
  } catch {
    return undefined;
  }
}

function contextText(wrapper: ChatWrapper, chatHistory: ChatHistoryItem[]): LlamaText {
  try {
    return wrapper.generateContextState({ chatHistory }).contextText;
  } catch (error) {
    throw new ModelError(
      'not-supported',
      'This model’s chat template can’t take this conversation. Start a new one, or choose another model.',
      String(error),
    );
  }
}

const emptyThought = { type: 'segment', segmentType: 'thought', text: '', ended: true } as const;

function historyItem({ role, text }: ChatMessage): ChatHistoryItem {
  switch (role) {
    case 'system':
      return { type: 'system', text };
    case 'user':
      return { type: 'user', text };
    case 'assistant':
      return { type: 'model', response: [text] };
  }
}

function opensThought(wrapper: ChatWrapper): boolean {
  const thought = wrapper.settings.segments?.thought;
  return (
    thought?.openOnResponseStart === true ||
    (typeof thought?.prefix === 'object' && !LlamaText.isLlamaText(thought.prefix))
  );
}

/** A prompt whose answer begins behind an empty thought, unless the template has seen to that. */
function withoutThought(text: LlamaText, { open, close }: ThoughtMarks): LlamaText {
  const end = text.toString().trimEnd();
  if (end.endsWith(close)) return text;
  const closing = end.endsWith(open) ? `\n${close}\n\n` : `${open}\n\n${close}\n\n`;
  return text.concat(new SpecialTokensText(closing));
}

/** The marks, where the template speaks of them: a family's format may have them though this model was never taught to think. */
function thoughtMarks(named: ChatWrapper, template: string, hidden: readonly string[]): ThoughtMarks | undefined {
  const settings = named.settings.segments?.thought;
  const prefix = settings?.prefix;
  const open = typeof prefix === 'string' || LlamaText.isLlamaText(prefix) ? prefix.toString().trim() : '';
  const close = settings?.suffix?.toString().trim() ?? '';
  const marks = open !== '' && close !== '' ? { open, close } : usualMarks;
  return hidden.length > 0 || (template.includes(marks.open) && template.includes(marks.close)) ? marks : undefined;
}

/** What of the format a model writes itself. */
function generatedParts(named: ChatWrapper): { hidden: readonly string[]; stops: readonly string[] } {
  const { prefixTriggers, stopGenerationTriggers } = named.generateContextState({
    chatHistory: [
      { type: 'user', text: 'A' },
      { type: 'model', response: [] },
    ],
  });
  const answers = (prefixTriggers ?? []).flatMap((trigger) =>
    trigger.type === 'response'
      ? trigger.triggers.map((text) => `${text.toString()}${trigger.inject?.toString() ?? ''}`)
      : [],
  );
  const stops = stopGenerationTriggers
    // Control tokens that end a text are known to the model itself.
    .filter((trigger) => !trigger.values.some((value) => value instanceof SpecialToken))
    .map((trigger) => trigger.toString())
    .filter((text) => text.trim() !== '');
  return {
    // In a format whose answers have such a prefix, every part begins by naming its speaker.
    hidden: answers.length > 0 ? ['<|start|>assistant', ...answers] : [],
    stops: [...new Set(stops)],
  };
}
