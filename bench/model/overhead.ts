// Speed, and what our process and wire cost against node-llama-cpp called directly.

import type { ModelClient } from '../../src/model/client.ts';
import type { Direct, DirectResult } from './direct.ts';
import { ask, askBy, tokensPerSecond, user } from './ours.ts';
import type { Timed } from './ours.ts';
import type { Row } from './report.ts';
import { inTurns, summarise, uncertainty } from './samples.ts';
import type { Pair } from './samples.ts';
import type { Clock, Pace } from './quiet.ts';
import type { Texts } from './texts.ts';

interface Speeds {
  readonly prefillMsPerToken: number;
  readonly generateMsPerToken: number;
}

const promptTokens = 512;
const maxTokens = 128;

/** The two that are compared, each in a new process. */
export interface Sides {
  /** Opened without speculation, which would make it faster than what it is compared with. */
  readonly ours: ModelClient;
  readonly direct: Direct;
  readonly close: () => Promise<void>;
}

/**
 * @param open Called several times: where a process comes to lie in memory makes it a hundredth or two faster or slower for as
 * long as it lives.
 */
export async function benchOverhead(open: () => Promise<Sides>, texts: Texts, pace: Pace): Promise<Row[]> {
  const launches: Launch[] = [];
  for (let launch = 0; launch < (pace.quick ? 1 : 5); launch++) {
    const sides = await open();
    try {
      launches.push(await compare(sides, texts, pace));
    } finally {
      await sides.close();
    }
  }
  const timed = launches.flatMap((launch) => launch.timed);
  const pairs = launches.flatMap((launch) => launch.pairs);
  const evaluated = launches[0]?.evaluated ?? 0;

  const generated = timed.map(tokensPerSecond);
  const prefilled = pairs.map(({ a }) => 1000 / a.prefillMsPerToken);
  const ratio = (step: Step): number[] => pairs.map(({ a, b }) => a[step] / b[step]);
  const fastest = (step: Step): string => {
    const [ours = NaN, others = NaN] = (['a', 'b'] as const).map((side) =>
      Math.min(...pairs.map((pair) => pair[side][step])),
    );
    return `fastest runs: ${(ours / others).toFixed(3)}; sure to ±${(uncertainty(ratio(step)) * 100).toFixed(1)} %`;
  };
  const bar = { at: 'most', limit: 1.02 } as const;
  return [
    { what: `prefill of ${evaluated} tokens`, unit: 'tokens/s', value: summarise(prefilled) },
    { what: `generation of ${maxTokens} tokens`, unit: 'tokens/s', value: summarise(generated) },
    {
      what: 'time against node-llama-cpp directly: prefill',
      unit: '×',
      value: summarise(ratio('prefillMsPerToken')),
      bar,
      note: fastest('prefillMsPerToken'),
    },
    {
      what: 'time against node-llama-cpp directly: generation',
      unit: '×',
      value: summarise(ratio('generateMsPerToken')),
      bar,
      note: fastest('generateMsPerToken'),
    },
  ];
}

type Step = keyof Speeds;

interface Launch {
  readonly timed: readonly Timed[];
  readonly pairs: readonly Pair<Speeds>[];
  /** Tokens of a prompt that had to be evaluated. */
  readonly evaluated: number;
}

async function compare({ ours, direct }: Sides, texts: Texts, { quick, whenQuiet, clock }: Pace): Promise<Launch> {
  const text = await texts.fresh(promptTokens);
  await ask(ours, [user(text)], 1);
  await direct.ask({ text, heldTokens: 0, promptTokens: 64, maxTokens: 2 });
  // The beginning of every question is held from the one before: the other one is to evaluate as many tokens, behind as many.
  const asked = await ask(ours, [user(await texts.fresh(promptTokens))], 1);
  const evaluated = evaluatedIn(asked);
  const heldTokens = asked.statistics.reusedTokens;
  const timed: Timed[] = [];
  const pairs = await inTurns<Speeds>(
    quick ? 3 : 6,
    whenQuiet,
    async () => {
      const one = await askBy(clock, ours, [user(await texts.fresh(promptTokens))], maxTokens);
      timed.push(one);
      return {
        prefillMsPerToken: one.firstMs / evaluatedIn(one),
        generateMsPerToken: one.restMs / (one.statistics.generatedTokens - 1),
      };
    },
    async () =>
      speedsOf(
        await direct.ask({ text: await texts.fresh(promptTokens), heldTokens, promptTokens: evaluated, maxTokens }),
        evaluated,
        clock,
      ),
  );
  return { timed, pairs, evaluated };
}

function evaluatedIn({ statistics }: Timed): number {
  return statistics.promptTokens - statistics.reusedTokens;
}

function speedsOf({ firstMs, restMs, generatedTokens }: DirectResult, evaluated: number, clock: Clock): Speeds {
  return { prefillMsPerToken: firstMs[clock] / evaluated, generateMsPerToken: restMs[clock] / (generatedTokens - 1) };
}
