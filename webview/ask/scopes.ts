// Where a question is looked up, in the learner's words.

import type { Scope, ScopeKind, ScopeOffer, Source } from '../../src/protocol/ask.ts';
import { dropdown } from '../controls.ts';

interface ScopeWords {
  readonly label: string;
  readonly icon: string;
  /** What the empty question box says. */
  readonly placeholder: string;
  /** While it is looked up. */
  readonly looking: string;
  /** Why there is no answer. */
  readonly notCovered: string;
  readonly partly: string;
}

export const scopeWords: Readonly<Record<ScopeKind, ScopeWords>> = {
  chapter: {
    label: 'This chapter',
    icon: 'book',
    placeholder: 'Ask about this chapter',
    looking: 'Looking in the chapter…',
    notCovered: 'This chapter doesn’t cover this.',
    partly: 'The chapter covers only a part of this question.',
  },
  handbook: {
    label: 'The handbook',
    icon: 'mortar-board',
    placeholder: 'Ask about the handbook',
    looking: 'Looking in the handbook…',
    notCovered: 'The handbook doesn’t cover this.',
    partly: 'The handbook covers only a part of this question.',
  },
  library: {
    label: 'My library',
    icon: 'library',
    placeholder: 'Ask about what you have saved',
    looking: 'Looking in your library…',
    notCovered: 'Your library doesn’t cover this.',
    partly: 'Your library covers only a part of this question.',
  },
  all: {
    label: 'Everything',
    icon: 'layers',
    placeholder: 'Ask about the handbook and what you have saved',
    looking: 'Looking in the handbook and your library…',
    notCovered: 'Neither the handbook nor your library covers this.',
    partly: 'Only a part of this question is covered.',
  },
};

const kinds = Object.keys(scopeWords) as readonly ScopeKind[];

/** What a turn says about where it was looked up. */
export function scopeLabel(scope: Scope): string {
  return scope.kind === 'chapter' ? `In ${scope.chapterTitle}` : `In ${inWords[scope.kind]}`;
}

const inWords = { handbook: 'the handbook', library: 'my library', all: 'the handbook and my library' } as const;

/** From where an answer's sources are. */
export function quotedFrom(sources: readonly Source[]): string {
  const saved = sources.filter(({ fromLibrary }) => fromLibrary).length;
  if (saved === 0) return 'Quoted from the handbook';
  return saved === sources.length ? 'Quoted from your library' : 'Quoted from the handbook and your library';
}

export interface ScopeChoice {
  readonly element: HTMLElement;
  readonly offer: (offer: ScopeOffer) => void;
  /** What is chosen, as far as there is such a thing now. */
  readonly current: () => Scope;
  /** `reason` says why there is nothing to choose. */
  readonly setUsable: (usable: boolean, reason: string) => void;
}

const noChapter = 'Open a chapter in the reader first.';
const noLibrary = 'Nothing is saved in your library yet.';

/** The picker beside the question box. */
export function scopeChoice(chosen: (kind: ScopeKind) => void): ScopeChoice {
  let offered: ScopeOffer = { chosen: 'handbook', library: false };
  let unusable: string | undefined;
  const list = dropdown(
    'Where to look',
    kinds.map((value) => ({ value, label: scopeWords[value].label })),
    'handbook',
    (kind) => {
      offered = { ...offered, chosen: kind };
      update();
      chosen(kind);
    },
    'above',
  );
  const possible = (kind: ScopeKind): boolean =>
    kind === 'handbook' || (kind === 'chapter' ? offered.chapter !== undefined : offered.library);
  const current = (): Scope => {
    const kind = possible(offered.chosen) ? offered.chosen : 'handbook';
    if (kind !== 'chapter') return { kind };
    return offered.chapter ? { kind, ...offered.chapter } : { kind: 'handbook' };
  };
  const update = (): void => {
    for (const kind of kinds) list.setEnabled(kind, possible(kind), kind === 'chapter' ? noChapter : noLibrary);
    const scope = current();
    list.set(scope.kind);
    const why = [
      ...(offered.chapter ? [] : [`This chapter: ${noChapter}`]),
      ...(offered.library ? [] : [`My library: ${noLibrary}`]),
    ];
    list.element.title = unusable ?? [scopeLabel(scope), ...why].join('\n');
  };
  update();
  return {
    element: list.element,
    offer: (offer) => {
      offered = offer;
      update();
    },
    current,
    setUsable: (usable, reason) => {
      unusable = usable ? undefined : reason;
      list.setUsable(usable);
      update();
    },
  };
}
