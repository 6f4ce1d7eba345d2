import type { ModelLine } from '../../protocol/ask.ts';
import type { ModelState } from './modelState.ts';

/** Who will answer the next question, as the pages are told. */
export function modelLine(state: ModelState): ModelLine {
  switch (state.type) {
    case 'none':
      return { state: 'none', name: '' };
    case 'idle':
    case 'ready':
      return { state: state.type, name: state.name };
    case 'loading':
      return { state: 'loading', name: state.name, fraction: state.fraction };
    case 'failed':
      return { state: 'failed', name: state.name, problem: state.message };
  }
}
