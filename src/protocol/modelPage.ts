// The wire between the extension and the page "Model". Types only.
//
// The page says `ready`; the extension answers with `show`, and again, whole, whenever something has changed.

/** The place in the handbook that teaches what a row is about. */
export interface TeachingPassage {
  readonly passageId: string;
  readonly title: string;
}

/** One thing that is known or was chosen. */
export interface ModelRow {
  readonly label: string;
  readonly value: string;
  /** What it means, or who chose it. */
  readonly note?: string;
  readonly taught?: TeachingPassage;
}

export interface MemoryPart extends ModelRow {
  readonly kind: 'weights' | 'weights-gpu' | 'kv' | 'compute';
  readonly bytes: number;
}

export type ModelPageAction =
  | 'chooseModel'
  | 'removeModel'
  | 'load'
  | 'free'
  | 'engineSettings'
  | 'clearPrefixes'
  | 'installGpu'
  | 'testGpu'
  | 'removeGpu'
  | 'showLog';

export interface ActionButton {
  readonly action: ModelPageAction;
  readonly label: string;
  readonly primary?: boolean;
}

/** Everything the page shows, in the learner's language. */
export interface ModelPage {
  readonly title: string;
  /** What state the model is in and, if it can't be used, what to do. */
  readonly state: { readonly type: 'none' | 'idle' | 'loading' | 'ready' | 'failed'; readonly words: string };
  /** 0 to 1, while loading. */
  readonly fraction?: number;
  readonly actions: readonly ActionButton[];
  readonly facts: readonly ModelRow[];
  readonly choices: readonly ModelRow[];
  readonly memory?: { readonly total: string; readonly parts: readonly MemoryPart[] };
  readonly lastAnswer: readonly ModelRow[];
  readonly work: readonly ModelRow[];
  /** Whether a GPU can help and what can be done about it. */
  readonly gpu?: { readonly words: string; readonly actions: readonly ActionButton[]; readonly busy?: string };
}

export interface ToModelPage {
  readonly type: 'show';
  readonly page: ModelPage;
}

export type FromModelPage =
  | { readonly type: 'ready' }
  | { readonly type: 'act'; readonly action: ModelPageAction }
  | { readonly type: 'openPassage'; readonly passageId: string };
