// A model as those who answer with it need it: opened on demand, telling how far it is, ended by the learner's stop.

import type { AnswerProgress } from '../../core/answer.ts';
import type { AnsweringModel, OpenModel } from '../../core/answer/modelParts.ts';
import { ModelError } from '../../core/model/modelError.ts';
import type { LocalModel } from './localModel.ts';

/** The learner's model for one question. */
export function answeringModel(model: LocalModel, signal: AbortSignal): AnsweringModel {
  const { temperature } = model.settings;
  return {
    // The file's name until it is loaded, then the name that the model has for itself.
    get name() {
      return model.line.name;
    },
    ...(temperature > 0 && { sampling: { temperature, topK: 40, topP: 0.95 } }),
    open: () => open(model, signal),
  };
}

async function* open(model: LocalModel, signal: AbortSignal): AsyncGenerator<AnswerProgress, OpenModel, void> {
  let moved = Promise.withResolvers<undefined>();
  const listening = model.onDidChange(() => {
    moved.resolve(undefined);
    moved = Promise.withResolvers();
  });
  try {
    const loaded = model.load(signal).then(() => 'loaded' as const);
    // Whoever stops the loop isn't there any more to hear of a failure.
    loaded.catch(() => undefined);
    while ((await Promise.race([loaded, moved.promise])) !== 'loaded') {
      const state = model.state();
      if (state.type === 'loading') yield { phase: 'loading', fraction: state.fraction };
    }
  } finally {
    listening.dispose();
  }
  const { card } = model;
  if (!card) throw new ModelError('ended', 'The model ended while it was being loaded. Ask again.');
  return {
    contextTokens: card.contextTokens,
    thinks: card.thinks,
    countTokens: (texts) => model.countTokens(texts, signal),
    generate: (request) => model.generate(request, signal),
  };
}
