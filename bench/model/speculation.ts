// What guessing ahead from the prompt gains where the answer quotes it, and what it costs where it doesn't.

import type { ModelClient } from '../../src/model/client.ts';
import { ask, askBy, tokensPerSecond, user } from './ours.ts';
import type { Timed } from './ours.ts';
import type { Pace } from './quiet.ts';
import type { Row } from './report.ts';
import { inTurns, summarise } from './samples.ts';
import type { Likeness, Texts } from './texts.ts';

const bars: Readonly<Record<Likeness, number>> = {
  verbatim: 2.5,
  'tenth changed': 1.5,
  'nothing alike': 0.95,
  misleading: 0.95,
};

const names: Readonly<Record<Likeness, string>> = {
  verbatim: 'a verbatim quotation',
  'tenth changed': 'every tenth token changed',
  'nothing alike': 'nothing matches',
  misleading: 'every match is wrong',
};

const maxTokens = 256;

export async function benchSpeculation(
  guessing: ModelClient,
  plain: ModelClient,
  texts: Texts,
  { quick, whenQuiet, clock }: Pace,
): Promise<Row[]> {
  const rows: Row[] = [];
  const rounds = quick ? 2 : 11;
  for (const likeness of texts.likenesses) {
    const messages = [user(texts.question(likeness))];
    // The prompt is evaluated here: what follows are generations alone.
    await ask(guessing, messages, 1);
    await ask(plain, messages, 1);
    const pairs = await inTurns<Timed>(
      rounds,
      whenQuiet,
      () => askBy(clock, guessing, messages, maxTokens),
      () => askBy(clock, plain, messages, maxTokens),
    );
    const drafted = sum(pairs.map(({ a }) => a.statistics.draftedTokens));
    const accepted = sum(pairs.map(({ a }) => a.statistics.acceptedTokens));
    const tokens = sum(pairs.map(({ a }) => a.statistics.generatedTokens));
    rows.push({
      what: `speculation: ${names[likeness]}`,
      unit: '×',
      value: summarise(pairs.map(({ a, b }) => tokensPerSecond(a) / tokensPerSecond(b))),
      bar: { at: 'least', limit: bars[likeness] },
      note:
        `${rate(pairs.map(({ a }) => a))} tokens/s against ${rate(pairs.map(({ b }) => b))}; ` +
        `${drafted} guessed, ${share(accepted, drafted)} accepted, ${share(accepted, tokens)} of the answer`,
    });
  }
  return rows;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const share = (part: number, whole: number): string => `${whole === 0 ? 0 : Math.round((part / whole) * 100)} %`;
const rate = (timed: readonly Timed[]): string => summarise(timed.map(tokensPerSecond)).median.toFixed(0);
