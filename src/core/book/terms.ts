// Marks the glossary's terms in a chapter's text, so that the reader can show what they mean.

import type { Token } from 'markdown-it';
import type { Term } from '../curriculum.ts';
import { parsePassageId } from '../passages.ts';
import { withText } from './sentences.ts';

/** Marks terms in the inline tokens of one passage (its id given): each the first time it stands in the chapter. */
export type MarkTerms = (tokens: readonly Token[], passageId: string) => Token[];

/** Makes a marker for each chapter. A passage that teaches a term doesn't have it marked. */
export function termMarkers(terms: readonly Term[]): () => MarkTerms {
  const byName = new Map(
    terms.flatMap((term) => [term.term, ...term.aliases].map((name) => [name.toLowerCase(), { name, term }])),
  );
  const names = [...byName.keys()]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  if (names.length === 0) return () => (tokens) => [...tokens];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}-])(${names.join('|')})(?:s|es)?(?![\\p{L}\\p{N}-])`, 'giu');
  return () => {
    const marked = new Set<Term>();
    return (tokens, passageId) => {
      let depth = 0;
      return tokens.flatMap((token) => {
        depth += token.nesting;
        if (token.type !== 'text' || depth > 0) return [token];
        return markText(token, pattern, (name) => {
          const found = byName.get(name.toLowerCase());
          // "GAN" is a term, "gan" is none; "Attention" at a sentence's start is.
          if (!found || (/^[A-Z\d]{2,}/.test(found.name) && !name.startsWith(found.name.slice(0, 2)))) return undefined;
          if (found.term.passageId === passageId || marked.has(found.term)) return undefined;
          marked.add(found.term);
          return found.term;
        });
      });
    };
  };
}

function markText(token: Token, pattern: RegExp, termOf: (name: string) => Term | undefined): Token[] {
  const parts: Token[] = [];
  let from = 0;
  for (const found of token.content.matchAll(pattern)) {
    const term = termOf(found[1] ?? '');
    if (!term) continue;
    const to = found.index + found[0].length;
    if (found.index > from) parts.push(withText(token, token.content.slice(from, found.index)));
    parts.push(bracket(token, 'term_open', 1, term), withText(token, found[0]), bracket(token, 'term_close', -1, term));
    from = to;
  }
  const rest = token.content.slice(from);
  return rest === '' && parts.length > 0 ? parts : [...parts, withText(token, rest)];
}

function bracket(token: Token, type: 'term_open' | 'term_close', nesting: 1 | -1, term: Term): Token {
  return Object.assign(withText(token, ''), { type, nesting, meta: { ...term } });
}

/** The tag that opens a marked term: a link to the passage that teaches it, with the definition. */
export function termTag(token: Token, escape: (text: string) => string): string {
  const { definition, passageId } = token.meta as unknown as Term;
  const address = parsePassageId(passageId);
  return `<a href="#" class="term" data-chapter="${address?.chapterId ?? ''}" data-anchor="${address?.anchor ?? ''}" data-definition="${escape(definition)}">`;
}
