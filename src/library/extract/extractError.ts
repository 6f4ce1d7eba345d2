import type { ExtractProblem } from '../../core/library/documentText.ts';

/** A document that can't be read. `message` is the detail for the log. */
export class ExtractError extends Error {
  override readonly name = 'ExtractError';
  readonly problem: ExtractProblem;

  constructor(problem: ExtractProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}
