// What a request has cost so far, kept while it runs: a request that is stopped says what it had come to.

import type { GenerateStatistics } from '../../core/model/language.ts';

export interface RequestCosts {
  prompt: number;
  reused: number;
  restored: number;
  evaluated: number;
  generated: number;
  drafted: number;
  accepted: number;
  /** Times in milliseconds of the monotonic clock. */
  readonly askedAt: number;
  prefillFrom: number | undefined;
  firstTokenAt: number | undefined;
}

export function newCosts(now: number): RequestCosts {
  return {
    prompt: 0,
    reused: 0,
    restored: 0,
    evaluated: 0,
    generated: 0,
    drafted: 0,
    accepted: 0,
    askedAt: now,
    prefillFrom: undefined,
    firstTokenAt: undefined,
  };
}

export function statisticsOf(costs: RequestCosts, now: number): GenerateStatistics {
  const prefillEnd = costs.firstTokenAt ?? now;
  return {
    promptTokens: costs.prompt,
    reusedTokens: costs.reused,
    restoredTokens: costs.restored,
    generatedTokens: costs.generated,
    prefillMs: costs.prefillFrom === undefined ? 0 : prefillEnd - costs.prefillFrom,
    generateMs: costs.firstTokenAt === undefined ? 0 : now - costs.firstTokenAt,
    firstTokenMs: prefillEnd - costs.askedAt,
    draftedTokens: costs.drafted,
    acceptedTokens: costs.accepted,
  };
}
