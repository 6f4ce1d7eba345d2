// What `Handbook: Choose a Model` lists, in which order and in which words. Pure: found files, the catalogue and scores in,
// rows out.

import type { Translate } from '../../core/translate.ts';
import { countWords, sizeWords } from './sizes.ts';

export type ModelKind = 'chat' | 'embedding' | 'ranking';

/** How a model suits this machine, judged before it is loaded or fetched. */
export interface Fit {
  readonly fits: 'well' | 'tight' | 'no';
  /** 0 to 1: how good a choice it is for this machine. */
  readonly score: number;
  readonly ramBytes: number;
  readonly vramBytes: number;
  /** Why, for the learner. */
  readonly why: string;
}

/** A model's file that is on this machine. */
export interface LocalEntry {
  readonly path: string;
  readonly name: string;
  readonly kind: ModelKind;
  /** Who put it there: "Ollama", "LM Studio", "this companion". */
  readonly where: string;
  readonly bytes: number;
  readonly quantisation: string;
  readonly fit?: Fit;
}

/** A model of the catalogue. */
export interface RemoteEntry {
  readonly id: string;
  readonly title: string;
  readonly kind: ModelKind;
  readonly licence: string;
  readonly bytes: number;
  readonly quantisation: string;
  readonly contextTokens: number;
  /** How much of it has been fetched before. */
  readonly fetchedBytes: number;
  readonly fit?: Fit;
}

export type PickChoice =
  | { readonly type: 'show' }
  | { readonly type: 'use'; readonly entry: LocalEntry }
  | { readonly type: 'stopUsing'; readonly kind: ModelKind }
  | { readonly type: 'download'; readonly entry: RemoteEntry }
  | { readonly type: 'chooseFile' }
  | { readonly type: 'quote' }
  | { readonly type: 'remove' };

export interface PickRow {
  /** Stays the same while what is known of the row changes. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly icon?: string;
  readonly choice: PickChoice;
}

export interface PickSection {
  readonly title: string;
  readonly rows: readonly PickRow[];
}

export interface PickKnown {
  /** The files in use, by kind; a file that isn't there any more is listed all the same. */
  readonly inUse: Readonly<Partial<Record<ModelKind, { readonly file: string; readonly name: string }>>>;
  readonly found: readonly LocalEntry[];
  readonly catalogue: readonly RemoteEntry[];
  /** How much room the models that the companion fetched take. */
  readonly ownBytes: number;
}

const kindOrder: readonly ModelKind[] = ['chat', 'embedding', 'ranking'];

/** The sections of the pick, from top to bottom; empty ones are left out. */
export function pickSections({ inUse, found, catalogue, ownBytes }: PickKnown, t: Translate): readonly PickSection[] {
  const used = new Set(Object.values(inUse).map(({ file }) => file));
  const local = found.filter(({ path }) => !used.has(path)).sort(byFit);
  const remote = catalogue.toSorted(byFit);
  const best = remote.find(({ kind, fit }) => kind === 'chat' && fit?.fits === 'well');
  const remoteOf = (chat: boolean): PickRow[] =>
    remote.filter(({ kind }) => (kind === 'chat') === chat).map((entry) => remoteRow(entry, entry === best, t));
  const sections: PickSection[] = [
    {
      title: t('in use'),
      rows: kindOrder.flatMap((kind) => {
        const use = inUse[kind];
        return use
          ? [
              usedRow(
                kind,
                use,
                found.find(({ path }) => path === use.file),
                t,
              ),
            ]
          : [];
      }),
    },
    { title: t('on this machine'), rows: local.map((entry) => localRow(entry, t)) },
    { title: t('to download'), rows: remoteOf(true) },
    { title: t('to download: finding passages better'), rows: remoteOf(false) },
    {
      title: t('other'),
      rows: [
        {
          id: 'file',
          label: t('Choose a file…'),
          description: t('a .gguf file of your own'),
          icon: 'folder-opened',
          choice: { type: 'chooseFile' },
        },
        {
          id: 'quote',
          label: t('Without a model'),
          description: t('quote the handbook only'),
          icon: 'quote',
          choice: { type: 'quote' },
        },
        ...(ownBytes > 0
          ? [
              {
                id: 'remove',
                label: t('Remove a model…'),
                description: t('{0} on the disk', sizeWords(ownBytes)),
                icon: 'trash',
                choice: { type: 'remove' } as const,
              },
            ]
          : []),
      ],
    },
  ];
  return sections.filter(({ rows }) => rows.length > 0);
}

/** How a model suits this machine, in a few words. */
export function fitWords(fit: Fit | undefined, t: Translate): string | undefined {
  switch (fit?.fits) {
    case undefined:
      return undefined;
    case 'well':
      return fit.vramBytes > 0 ? t('fits this machine, on its GPU') : t('fits this machine');
    case 'tight':
      return t('just fits this machine');
    case 'no':
      return t('too large for this machine');
  }
}

/** Who has a model that is on this machine. */
export function placeWords(
  place: 'companion' | 'ollama' | 'lm-studio' | 'hugging-face' | 'llama.cpp',
  t: Translate,
): string {
  switch (place) {
    case 'companion':
      return t('fetched by the companion');
    case 'ollama':
      return t('from Ollama');
    case 'lm-studio':
      return t('from LM Studio');
    case 'hugging-face':
      return t('from the Hugging Face cache');
    case 'llama.cpp':
      return t('from llama.cpp');
  }
}

/** What a kind of model is good for; nothing where it goes without saying. */
export function kindWords(kind: ModelKind, t: Translate): string | undefined {
  switch (kind) {
    case 'chat':
      return undefined;
    case 'embedding':
      return t('finds passages by their meaning');
    case 'ranking':
      return t('puts found passages into order');
  }
}

function usedRow(
  kind: ModelKind,
  use: { readonly file: string; readonly name: string },
  entry: LocalEntry | undefined,
  t: Translate,
): PickRow {
  const facts = entry && [entry.quantisation, sizeWords(entry.bytes)];
  return {
    id: `used/${kind}`,
    label: entry?.name ?? use.name,
    description: joined(kindWords(kind, t), ...(facts ?? [])),
    detail: kind === 'chat' ? t('Show what it costs and how it works') : t('Choose it to stop using it'),
    icon: 'check',
    choice: kind === 'chat' ? { type: 'show' } : { type: 'stopUsing', kind },
  };
}

function localRow(entry: LocalEntry, t: Translate): PickRow {
  const { path, name, kind, where, bytes, quantisation, fit } = entry;
  return {
    id: `local/${path}`,
    label: name,
    description: joined(quantisation, sizeWords(bytes), where),
    detail: joined(kindWords(kind, t), fitWords(fit, t), fit?.fits === 'well' ? undefined : fit?.why),
    icon: 'file',
    choice: { type: 'use', entry },
  };
}

function remoteRow(entry: RemoteEntry, recommended: boolean, t: Translate): PickRow {
  const { id, title, kind, licence, bytes, quantisation, contextTokens, fetchedBytes, fit } = entry;
  return {
    id: `remote/${id}`,
    label: title,
    description: joined(
      recommended ? t('recommended') : undefined,
      quantisation,
      sizeWords(bytes),
      fetchedBytes > 0 ? t('{0} are there already', sizeWords(fetchedBytes)) : undefined,
    ),
    detail: joined(
      kindWords(kind, t),
      fitWords(fit, t),
      t('licence: {0}', licence),
      t('context of {0} tokens', countWords(contextTokens)),
      fit?.fits === 'no' ? fit.why : undefined,
    ),
    icon: recommended ? 'star-full' : 'cloud-download',
    choice: { type: 'download', entry },
  };
}

/** What suits the machine best comes first; of those that aren't judged yet, the smallest. */
function byFit(a: Judged, b: Judged): number {
  const rank = ({ fit }: Judged): number => (fit ? { well: 0, tight: 1, no: 3 }[fit.fits] : 2);
  return rank(a) - rank(b) || (b.fit?.score ?? 0) - (a.fit?.score ?? 0) || a.bytes - b.bytes;
}

interface Judged {
  readonly bytes: number;
  readonly fit?: Fit;
}

function joined(...words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined && word !== '').join(' · ');
}
