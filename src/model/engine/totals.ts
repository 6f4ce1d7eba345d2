// What the engine has done since it was opened.

import type { EngineStatistics } from '../../protocol/model.ts';
import type { RequestCosts } from './requestCosts.ts';

type Counted = Omit<EngineStatistics, 'uptimeMs' | 'cpuMs' | 'residentBytes' | 'windows' | 'requests' | 'stateFiles'>;

export interface Totals {
  readonly add: (
    costs: Pick<RequestCosts, 'generated' | 'evaluated' | 'reused' | 'restored' | 'drafted' | 'accepted'>,
  ) => void;
  readonly evaluated: (tokens: number) => void;
  readonly counted: () => Counted;
}

export function createTotals(): Totals {
  let counted: Counted = {
    generatedTokens: 0,
    evaluatedTokens: 0,
    reusedTokens: 0,
    restoredTokens: 0,
    draftedTokens: 0,
    acceptedTokens: 0,
  };
  return {
    counted: () => counted,
    evaluated: (tokens) => {
      counted = { ...counted, evaluatedTokens: counted.evaluatedTokens + tokens };
    },
    add: (costs) => {
      counted = {
        generatedTokens: counted.generatedTokens + costs.generated,
        evaluatedTokens: counted.evaluatedTokens + costs.evaluated,
        reusedTokens: counted.reusedTokens + costs.reused,
        restoredTokens: counted.restoredTokens + costs.restored,
        draftedTokens: counted.draftedTokens + costs.drafted,
        acceptedTokens: counted.acceptedTokens + costs.accepted,
      };
    },
  };
}
