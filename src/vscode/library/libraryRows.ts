// What the view "Library" lists, decided without VS Code.

import { hostOf, isFilm } from '../../core/library/address.ts';
import { shortCreators } from '../../core/library/bibliography/creators.ts';
import { failureWord, failureWords } from '../../core/library/failure.ts';
import { problemWord, problemWords } from '../../core/library/problemWords.ts';
import {
  documentBytes,
  documentFailure,
  documentProblem,
  documentState,
  presentAddress,
} from '../../core/library/savedDocument.ts';
import type { DocumentState, SavedCopy, SavedDocument } from '../../core/library/savedDocument.ts';
import type { ContentType } from '../../core/library/sniff.ts';
import type { Translate } from '../../core/translate.ts';
import { dotted, lengthWord } from '../../core/words.ts';
import { sizeWords } from '../model/sizes.ts';

export interface LibraryRow {
  readonly documentId: string;
  readonly label: string;
  readonly description: string;
  /** What a screen reader says instead of label and description. */
  readonly spoken: string;
  /** A codicon. */
  readonly icon: string;
  readonly tone: 'plain' | 'good' | 'bad' | 'faint';
  /**
   * The name by which menus know it: "saved.STATE.ORIGIN", with ".moved" if it has another address than it had, ".trouble" if
   * the last try failed, ".unread" if it can't be read.
   */
  readonly context: string;
  /** Lines, plain text. */
  readonly tooltip: readonly string[];
}

/** Whether a document waits to be fetched, or is being fetched. */
export function underWay(document: SavedDocument): boolean {
  return ['fetching', 'queued'].includes(documentState(document));
}

/** What is said of the library as a whole. */
export interface LibraryTotals {
  /** On the disk. */
  readonly bytes: number;
  /** How far it is known what its passages mean, while that is being found out. */
  readonly meaning?: { readonly done: number; readonly total: number } | undefined;
  /** How many passages the embedding model refused. */
  readonly refused?: number;
}

/** For the head of the view. */
export function viewWords({ bytes, meaning, refused = 0 }: LibraryTotals, t: Translate): string {
  const percent = meaning && meaning.total > 0 ? Math.floor((meaning.done / meaning.total) * 100) : undefined;
  return dotted(
    bytes > 0 ? sizeWords(bytes) : '',
    percent === undefined ? '' : t('learning what it means: {0} %', percent),
    refused === 0
      ? ''
      : refused === 1
        ? t('1 passage found by its words only')
        : t('{0} passages found by their words only', refused),
  );
}

/** What the view says of a document; `now` in milliseconds since 1970. */
export function libraryRow(document: SavedDocument, now: number, t: Translate): LibraryRow {
  const state = documentState(document);
  const film = isFilm(document.address);
  const from = film ? 'film' : document.address === '' ? 'own' : 'web';
  const { details = {}, instead } = document;
  const failure = documentFailure(document);
  const trouble = failure !== undefined && !['queued', 'fetching', 'checking'].includes(state);
  const problem = state === 'fetched' ? documentProblem(document) : undefined;
  const pages = document.copies.find((copy) => copy.pages !== undefined)?.pages;
  const bytes = documentBytes(document);
  const size = bytes > 0 ? sizeWords(bytes) : '';
  const description = dotted(
    film ? dotted(document.creators, lengthWord(document.minutes, t)) : formWords(document.copies, t),
    state === 'listed' ? dotted(shortCreators(details), details.year?.toString() ?? '') : '',
    pages === undefined ? '' : pages === 1 ? t('1 page') : t('{0} pages', pages),
    size,
    state === 'indexed' ? t('searchable') : problem ? problemWord(problem, t) : '',
    stateWords(document, state, now, t),
    instead === undefined ? '' : t('from {0}', hostOf(instead)),
    trouble && state !== 'failed' ? t('last check: {0}', failureWord(failure.reason, t)) : '',
  );
  return {
    documentId: document.id,
    label: document.title,
    description,
    spoken: [document.title, ...description.split(' · ')].filter((part) => part !== '').join(', '),
    icon: iconOf(document, state, film),
    tone:
      state === 'failed' || trouble || problem
        ? 'bad'
        : state === 'indexed'
          ? 'good'
          : state === 'dropped'
            ? 'faint'
            : 'plain',
    context: `saved.${state}.${from}${instead === undefined ? '' : '.moved'}${trouble ? '.trouble' : ''}${problem ? '.unread' : ''}`,
    tooltip: [
      document.title,
      document.creators,
      presentAddress(document),
      instead === undefined ? '' : t('You chose this address in place of {0}', document.address),
      // The side bar is narrow: here is all of it.
      description,
      ...(trouble ? [failureWords(failure, t)] : []),
      ...(problem ? [problemWords(problem, t)] : []),
      state === 'fetched' && !problem ? t('It is being read, so that the search finds it.') : '',
      state === 'listed' && document.address !== '' ? t('Only listed: save it for offline to read and search it.') : '',
      state === 'listed' && document.address === '' ? t('Only listed: add its file to read and search it.') : '',
      state === 'dropped' ? t('It was removed to make room. Fetch it again to read it offline.') : '',
    ].filter((line) => line !== ''),
  };
}

function stateWords(document: SavedDocument, state: DocumentState, now: number, t: Translate): string {
  switch (state) {
    case 'link':
      return t('link');
    case 'listed':
      return t('not saved');
    case 'queued':
      return t('waiting');
    case 'fetching':
      return fetchingWords(document.copies, t);
    case 'checking':
      return t('checking');
    case 'failed': {
      const failure = documentFailure(document);
      return failure ? t('failed: {0}', failureWord(failure.reason, t)) : t('failed');
    }
    case 'dropped':
      return t('removed to make room');
    case 'fetched':
    case 'indexed': {
      const checked = Math.max(...document.copies.map(({ checkedAt }) => checkedAt ?? 0));
      return checked > 0 ? t('checked {0}', agoWords(now - checked, t)) : '';
    }
  }
}

function fetchingWords(copies: readonly SavedCopy[], t: Translate): string {
  const going = copies.find(({ state }) => state === 'fetching');
  if (!going || going.done === 0) return t('fetching');
  if (going.total === undefined || going.total === 0) return t('fetching: {0}', sizeWords(going.done));
  return t('fetching: {0} %', Math.min(99, Math.floor((going.done / going.total) * 100)));
}

/** "today", "3 days ago". */
export function agoWords(ms: number, t: Translate): string {
  const days = Math.floor(ms / 86_400_000);
  if (days <= 0) return t('today');
  if (days === 1) return t('yesterday');
  if (days < 60) return t('{0} days ago', days);
  return t('{0} months ago', Math.floor(days / 30));
}

function formWords(copies: readonly SavedCopy[], t: Translate): string {
  const types = copies.flatMap(({ content }) => (content ? [typeWord(content.type, t)] : []));
  return [...new Set(types)].join(' + ');
}

function typeWord(type: ContentType, t: Translate): string {
  switch (type) {
    case 'pdf':
      return 'PDF';
    case 'html':
      return t('page');
    case 'markdown':
      return 'Markdown';
    case 'text':
      return t('text');
    case 'vtt':
    case 'srt':
      return t('transcript');
  }
}

function iconOf({ copies, origin }: SavedDocument, state: DocumentState, film: boolean): string {
  if (state === 'failed') return 'warning';
  if (state === 'queued') return 'clock';
  if (state === 'fetching' || state === 'checking') return 'sync~spin';
  if (film) return 'play-circle';
  if (state === 'dropped') return 'cloud-download';
  if (state === 'listed') return 'bookmark';
  if (copies.some(({ content }) => content?.type === 'pdf')) return 'file-pdf';
  return origin === 'file' ? 'file' : 'globe';
}
