// What the page "Model" says in each state. Pure: words and numbers in, rows out.

import type { EngineSettings } from '../../core/model/engineSettings.ts';
import type { GenerateStatistics } from '../../core/model/language.ts';
import type { Translate } from '../../core/translate.ts';
import type { EngineStatistics } from '../../protocol/model.ts';
import type { ActionButton, ModelPage } from '../../protocol/modelPage.ts';
import { choiceRows, factRows, lastAnswerRows, memoryRows, workRows } from './cardRows.ts';
import type { Taught } from './cardRows.ts';
import type { ModelState } from './modelState.ts';

export interface PageParts {
  readonly state: ModelState;
  readonly settings: EngineSettings;
  readonly cores: number;
  readonly statistics?: EngineStatistics;
  readonly lastAnswer?: GenerateStatistics;
  readonly gpu?: NonNullable<ModelPage['gpu']>;
  readonly taught: Taught;
  readonly t: Translate;
}

/** The page as it is to be shown. */
export function modelPage(parts: PageParts): ModelPage {
  const { state, settings, cores, statistics, lastAnswer, gpu, taught, t } = parts;
  const words = { t, taught };
  const card = state.type === 'ready' ? state.card : undefined;
  const memory = card && memoryRows(card, words);
  return {
    title: state.type === 'none' ? t('No model') : state.name,
    state: { type: state.type, words: stateWords(state, t) },
    ...(state.type === 'loading' && { fraction: state.fraction }),
    actions: actionsFor(state, t),
    facts: card ? factRows(card, words) : [],
    choices: card ? choiceRows(card, settings, cores, words) : [],
    ...(memory && { memory }),
    lastAnswer: card && lastAnswer ? lastAnswerRows(lastAnswer, words) : [],
    work: card && statistics ? workRows(statistics, words) : [],
    ...(gpu && { gpu }),
  };
}

function stateWords(state: ModelState, t: Translate): string {
  switch (state.type) {
    case 'none':
      return t('Questions are answered by quoting the handbook. With a model of your own the companion can explain.');
    case 'idle':
      return t('Not in memory. The next question loads it.');
    case 'loading':
      return t('Loading: {0} %', Math.round(state.fraction * 100));
    case 'ready':
      return t('In memory, ready to answer.');
    case 'failed':
      return state.message;
  }
}

function actionsFor(state: ModelState, t: Translate): readonly ActionButton[] {
  const choose: ActionButton = {
    action: 'chooseModel',
    label: state.type === 'none' ? t('Choose a model') : t('Choose another model'),
    ...(state.type === 'none' && { primary: true }),
  };
  const load: ActionButton = {
    action: 'load',
    label: state.type === 'failed' ? t('Try again') : t('Load it now'),
    primary: true,
  };
  const free: ActionButton = { action: 'free', label: t('Free the memory') };
  const settings: ActionButton = { action: 'engineSettings', label: t('Engine settings') };
  const clear: ActionButton = { action: 'clearPrefixes', label: t('Clear kept prefixes') };
  switch (state.type) {
    case 'none':
      return [choose, settings];
    case 'idle':
      return [load, choose, settings, clear];
    case 'loading':
      return [choose, settings, { ...free, label: t('Stop loading') }];
    case 'ready':
      return [choose, settings, free, clear];
    case 'failed':
      return [load, choose, settings, { action: 'showLog', label: t('Show log') }];
  }
}
