import { fileURLToPath } from 'node:url';
import type { AnswerEvent } from '../../src/core/answer.ts';
import { openStudy } from '../../src/store/openStudy.ts';

/** The real curriculum, as `npm run build` made it. */
export const study = openStudy(fileURLToPath(new URL('../../dist/curriculum', import.meta.url)));

export async function ask(text: string, history: readonly string[] = []): Promise<AnswerEvent[]> {
  return Array.fromAsync(study.answer({ text, history }));
}
