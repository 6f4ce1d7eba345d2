/** Why the model couldn't do what was asked. */
export type ModelProblem =
  /** No model file is chosen, or it isn't there any more. */
  | 'no-model'
  /** The file isn't a model that can be loaded. */
  | 'bad-file'
  | 'out-of-memory'
  /** The engine has no binary for this machine. */
  | 'no-engine'
  /** The model's process ended while something waited for it. */
  | 'ended'
  /** The model's process gave no sign of life and was ended. */
  | 'silent'
  | 'prompt-too-long'
  /** Asked of a model that can't: an embedding of a chat model, say. */
  | 'not-supported'
  | 'internal';

/** Thrown by whoever runs a model. `message` is for the learner: what happened and what they can do; `detail` is for the log. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly problem: ModelProblem;
  readonly detail: string;

  constructor(problem: ModelProblem, message: string, detail = '') {
    super(message);
    this.problem = problem;
    this.detail = detail;
  }
}
