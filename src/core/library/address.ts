// Which addresses pages are fetched from, and under which address the shelf knows what it fetched.

import { arxivAddresses, httpsOnly } from '../resourceLinks.ts';

/** For tests on loopback; nothing that a learner or a workspace could set. */
export interface AddressRules {
  readonly permitLoopback: boolean;
}

export const strictRules: AddressRules = { permitLoopback: false };

/**
 * The address as it is asked for, without its fragment, or undefined unless it is https to a public host name on the port
 * that https has: no other service of a machine is to be reached by a link.
 */
export function fetchAddress(address: string, { permitLoopback }: AddressRules): string | undefined {
  const loopback = permitLoopback && /^http:\/\/(?:127\.0\.0\.1|[a-z0-9-]+\.test):\d+\/[^\s\\"<>]*$/.test(address);
  const known = loopback ? address : httpsOnly(address);
  const [, authority, rest = ''] = /^https?:\/\/([^/?#]+)([^#]*)/.exec(known ?? '') ?? [];
  if (authority === undefined) return undefined;
  if (loopback) return `http://${authority}${rest}`;
  if (authority.includes(':') && !authority.endsWith(':443')) return undefined;
  return `https://${authority.replace(/:443$/, '')}${rest.startsWith('/') ? rest : `/${rest}`}`;
}

/** The address that a "Location" of a redirect leads to, by the same rules; never from https to http. */
export function redirectAddress(location: string, from: string, rules: AddressRules): string | undefined {
  // A server may write what a browser would repair; what comes out of the repair is what is checked and asked for.
  const next = URL.parse(location, from);
  if (next?.username !== '' || next.password !== '') return undefined;
  if (from.startsWith('https:') && next.protocol !== 'https:') return undefined;
  return fetchAddress(next.href, rules);
}

export const copyForms = ['main', 'html', 'transcript'] as const;
/** What is fetched of an address. */
export type CopyForm = (typeof copyForms)[number];

export interface WantedCopy {
  readonly form: CopyForm;
  readonly address: string;
  /** Whether the document is complete without it: "not found" is then no failure. */
  readonly optional: boolean;
}

export interface SavedAs {
  /** The document's address: two links to one paper lead to the same document. */
  readonly address: string;
  /** What is to be fetched; nothing of a film, of which the shelf keeps the link. */
  readonly copies: readonly WantedCopy[];
}

/** How the thing at `url` is kept on the shelf, or undefined if that address is none that we fetch. */
export function savedAs(url: string, rules: AddressRules = strictRules): SavedAs | undefined {
  const address = fetchAddress(url, rules);
  if (address === undefined) return undefined;
  if (isFilm(address)) return { address, copies: [] };
  const paper = arxivAddresses(address);
  if (!paper) return { address, copies: [{ form: 'main', address, optional: false }] };
  return {
    address: paper.abstract,
    copies: [
      { form: 'main', address: paper.pdf, optional: false },
      { form: 'html', address: paper.html, optional: true },
    ],
  };
}

const filmHosts: ReadonlySet<string> = new Set([
  'youtube.com',
  'www.youtube.com',
  'm.youtube.com',
  'youtu.be',
  'vimeo.com',
  'player.vimeo.com',
]);

/** Whether the address is one of a film, which isn't fetched. */
export function isFilm(address: string): boolean {
  return filmHosts.has(hostOf(address));
}

/** The host of an address that `fetchAddress` let through. */
export function hostOf(address: string): string {
  return /^https?:\/\/([^/:?#]+)/.exec(address)?.[1] ?? '';
}

/** Whether a PDF is to be expected at an address that `fetchAddress` let through. */
export function isPdfAddress(address: string): boolean {
  return /^https:\/\/arxiv\.org\/pdf\/|^[^?]+\.pdf(?:\?|$)/i.test(address);
}
