// Why a file can't be used as a model.

export type FileProblem =
  | 'missing'
  | 'unreadable'
  /** Something other than GGUF. */
  | 'not-gguf'
  | 'version'
  /** The header contradicts itself or the file. */
  | 'damaged'
  | 'cut-short'
  | 'architecture'
  /** The numbers that describe the network make no sense. */
  | 'shape'
  | 'tokenizer'
  /** How a chat becomes a prompt: a program that can't be meant to be run. */
  | 'template'
  | 'tensors'
  /** Parts of a model in several files are missing. */
  | 'parts-missing'
  /** GGUF, but an image encoder, an adapter or a bare vocabulary. */
  | 'not-a-language-model';

/** What the learner is told: what is wrong with the file and what they can do. */
export function fileProblemWords(problem: FileProblem, fileName: string): string {
  switch (problem) {
    case 'missing':
      return `The model file ${fileName} isn’t there any more. Choose another model, or put the file back.`;
    case 'unreadable':
      return `The model file ${fileName} can’t be read. Check that you may open it, or choose another model.`;
    case 'not-gguf':
      return `${fileName} is not a GGUF model file. Choose a file that ends in .gguf.`;
    case 'version':
      return `${fileName} has a GGUF version that can’t be read here. Get a newer file of this model.`;
    case 'damaged':
      return `The header of ${fileName} is damaged. Get the file again, or choose another model.`;
    case 'cut-short':
      return `${fileName} is incomplete: part of the model is missing at its end. Get the file again.`;
    case 'architecture':
      return `${fileName} holds a kind of model that the engine doesn’t know. Choose another model.`;
    case 'shape':
      return `The description of the network in ${fileName} makes no sense. Get the file again, or choose another model.`;
    case 'tokenizer':
      return `The vocabulary in ${fileName} is missing or damaged. Get the file again, or choose another model.`;
    case 'template':
      return `The chat template in ${fileName} can’t be run. Get the file again, or choose another model.`;
    case 'tensors':
      return `The list of weights in ${fileName} is incomplete or damaged. Get the file again, or choose another model.`;
    case 'parts-missing':
      return `${fileName} is one part of a model in several files, and not all of them are here. Put all parts into one folder and choose the first.`;
    case 'not-a-language-model':
      return `${fileName} belongs to a model but isn’t one by itself (an image encoder, an adapter or a vocabulary). Choose the model’s main file.`;
  }
}

/** Thrown by the parts of the check; `detail` names what was found, for the log. */
export class FileProblemError extends Error {
  override readonly name = 'FileProblemError';
  readonly problem: FileProblem;

  constructor(problem: FileProblem, detail: string) {
    super(detail);
    this.problem = problem;
  }
}
