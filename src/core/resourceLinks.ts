// What a resource's address is good for: the gate for outgoing addresses, arXiv's three faces of a paper, a Markdown link.

import { addressOf, type Resource } from './curriculum.ts';
import { oneLine } from './oneLine.ts';

/**
 * The gate through which every outgoing address goes: the address with scheme and host in lower case, or undefined
 * unless it is plain https to a public host name. What browsers repair silently (backslashes, whitespace, control and
 * invisible characters) is refused, so that what the learner reads is where the browser goes; so are credentials, IP
 * addresses and names of the local network.
 */
export function httpsOnly(url: string): string | undefined {
  if (url.length > 4096 || /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}\\"<>]/u.test(url)) return undefined;
  const parts = /^https:\/\/([^/?#]+)(.*)$/i.exec(url);
  const authority = parts?.[1]?.toLowerCase();
  if (authority === undefined || !isPublicAuthority(authority)) return undefined;
  return `https://${authority}${parts?.[2] ?? ''}`;
}

function isPublicAuthority(authority: string): boolean {
  const parts = /^([^:]{1,253})(?::(\d{1,5}))?$/.exec(authority);
  if (!parts?.[1]) return false;
  if (parts[2] !== undefined && (Number(parts[2]) < 1 || Number(parts[2]) > 65535)) return false;
  const labels = parts[1].split('.');
  const last = labels.at(-1) ?? '';
  return (
    labels.length > 1 &&
    labels.every((label) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label)) &&
    // A name that ends in a number is an IP address to a browser, in whatever base.
    /^[a-z]/.test(last) &&
    !['localhost', 'local', 'internal'].includes(last)
  );
}

interface ArxivPaper {
  readonly id: string;
  /** "v2", or empty. */
  readonly version: string;
}

const arxivAddress =
  /^https:\/\/(?:www\.|export\.)?arxiv\.org\/(?:abs|pdf|html|format|src|e-print)\/(\d\d(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?\/\d\d(?:0[1-9]|1[0-2])\d{3})(v[1-9]\d?)?(?:\.pdf)?\/?(?:[?#].*)?$/;

function arxivPaper(url: string): ArxivPaper | undefined {
  const found = arxivAddress.exec(httpsOnly(url) ?? '');
  return found?.[1] ? { id: found[1], version: found[2] ?? '' } : undefined;
}

/** The arXiv identifier in an address, without its version: "2205.14135", or "cs/0112017" before 2007. */
export function arxivId(url: string): string | undefined {
  return arxivPaper(url)?.id;
}

export interface ArxivAddresses {
  readonly abstract: string;
  readonly pdf: string;
  /** arXiv makes it for papers since December 2023 and for some older ones; elsewhere it answers "not found". */
  readonly html: string;
}

/** The three addresses of an arXiv paper, of the version that `url` names, if it names one. */
export function arxivAddresses(url: string): ArxivAddresses | undefined {
  const paper = arxivPaper(url);
  if (!paper) return undefined;
  const name = `${paper.id}${paper.version}`;
  return {
    abstract: `https://arxiv.org/abs/${name}`,
    pdf: `https://arxiv.org/pdf/${name}`,
    html: `https://arxiv.org/html/${name}`,
  };
}

/** `[title](address)`, safe to paste into any Markdown; the title alone if the address isn't one we let out. */
export function markdownLink(resource: Resource): string {
  const title = oneLine(resource.title).replace(/[\\`*_[\]<>&$~|]/g, '\\$&');
  const url = httpsOnly(addressOf(resource))?.replace(/[()]/g, (bracket) => (bracket === '(' ? '%28' : '%29'));
  return url === undefined ? title : `[${title}](${url})`;
}
