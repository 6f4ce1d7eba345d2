// The prompts of a question: one, or for the summary of a chapter that doesn't fit the context one for each part of it.

import type { Question } from '../question.ts';
import type { RankedPassage } from '../search/retrieve.ts';
import { withoutChapter, type Material } from './material.ts';
import type { ModelAnswererParts, OpenModel } from './modelParts.ts';
import { buildPrompt, type Prompt } from './prompt.ts';
import { bareRoom, chapterParts, passageTokens, template } from './promptCosts.ts';
import type { PromptParts, PromptRequest } from './promptLayout.ts';
import { answerTokens } from './promptWords.ts';

/** What there is to lay out. */
export interface Laying {
  readonly question: Question;
  readonly ranked: readonly RankedPassage[];
  readonly material: Material;
  readonly chapterTitle: (chapterId: string) => string;
}

/** Room for reasoning, for a model that does. */
const thinking = 1024;
/** The most of the context that is kept for the answer. */
const reserveShare = { plain: 0.25, thinking: 0.4 };
/** Pieces are counted by themselves; together they may come out a little longer. */
const slack = 0.02;

/** Lays out the prompts. Throws a ModelError if not even the question fits. */
export async function layOut(
  laying: Laying,
  model: OpenModel,
  parts: ModelAnswererParts,
): Promise<(Prompt & { readonly reserve: number })[]> {
  const { question, ranked, material, chapterTitle } = laying;
  const { text, mode = 'answer', about, turns = [], continued } = question;
  const context = Math.floor(model.contextTokens * (1 - slack));
  const reserve = reserveFor(mode, model);
  const promptParts: PromptParts = {
    passages: parts.passages,
    chapterTitle,
    count: model.countTokens,
    written: parts.memory.recall,
  };
  const [first] = material.chapter;
  const chapterOrWords = about ?? (first && { chapterId: first.chapterId, text: '' });
  const base: Omit<PromptRequest, 'candidates' | 'mostPassages'> = {
    text,
    mode,
    ...(chapterOrWords && { about: chapterOrWords }),
    turns,
    ...(continued && { continued }),
    context,
    reserve,
  };
  const build = async (request: PromptRequest): Promise<Prompt & { readonly reserve: number }> => ({
    ...(await buildPrompt(request, promptParts)),
    reserve,
  });

  const { chapter, candidates, mostPassages } = material;
  if (chapter.length === 0) return [await build({ ...base, candidates, mostPassages })];
  const tokens = await passageTokens(chapter, promptParts);
  const room = await bareRoom({ ...base, mostPassages }, promptParts);
  if (fits(tokens, room)) return [await build({ ...base, chapter, candidates, mostPassages })];
  if (mode !== 'summarise')
    return [await build({ ...base, ...withoutChapter(material, question, ranked), chapter: [] })];
  const groups = chapterParts(chapter, tokens, room);
  const prompts: (Prompt & { readonly reserve: number })[] = [];
  for (const [n, group] of groups.entries()) {
    prompts.push(
      await build({
        ...base,
        part: { n: n + 1, of: groups.length },
        candidates: group.map((passage) => ({ passage, score: 1 })),
        mostPassages: group.length,
      }),
    );
  }
  return prompts;
}

function reserveFor(
  mode: keyof typeof answerTokens,
  { contextTokens, thinks }: Pick<OpenModel, 'contextTokens' | 'thinks'>,
): number {
  const wanted = answerTokens[mode] + (thinks ? thinking : 0);
  return Math.min(wanted, Math.floor(contextTokens * (thinks ? reserveShare.thinking : reserveShare.plain)));
}

/** The words around a whole chapter, beside the messages they stand in. */
const around = 40;

function fits(tokens: readonly number[], room: number): boolean {
  return tokens.reduce((sum, count) => sum + count, 0) + 2 * template.message + around <= room;
}
