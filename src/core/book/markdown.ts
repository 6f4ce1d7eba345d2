// The Markdown dialect of the curriculum: CommonMark with tables, TeX, highlighted code and links by id; no raw HTML.

import katexRules from '@vscode/markdown-it-katex';
import hljs from 'highlight.js';
import MarkdownIt, { type Token } from 'markdown-it';

import { termTag } from './terms.ts';
import { texHtml } from './tex.ts';

// The plug-in is CommonJS that calls itself an ES module: where its function is depends on who loads it.
const katexPlugin = ((katexRules as { default?: unknown }).default ?? katexRules) as (markdown: Markdown) => void;

/** A place that a text links to. */
export type LinkTarget =
  | { readonly kind: 'chapter'; readonly chapterId: string; readonly anchor?: string }
  | { readonly kind: 'resource'; readonly resourceId: string }
  | { readonly kind: 'web'; readonly url: string };

/** Understands the address of a link; undefined for what the curriculum doesn't allow. */
export function parseLink(href: string): LinkTarget | undefined {
  const [, kind, id = '', anchor] = /^(chapter|resource):([a-z0-9-]+)(?:#([a-z0-9-]+))?$/.exec(href) ?? [];
  if (kind === 'chapter') return { kind, chapterId: id, ...(anchor !== undefined && { anchor }) };
  if (kind === 'resource' && anchor === undefined) return { kind, resourceId: id };
  return /^https:\/\/[^\s"'<>\\]+$/.test(href) ? { kind: 'web', url: href } : undefined;
}

/** What rendering collects besides HTML. */
export interface RenderContext {
  /** Inline style → class name, over the whole book. */
  readonly texStyles: Map<string, string>;
  /** Called with the line (from 1, in the body) of the block at hand. */
  readonly report: (line: number, message: string) => void;
  line: number;
}

export type Markdown = InstanceType<typeof MarkdownIt>;

/** A parser and renderer for curriculum text. Rendering functions take a `RenderContext` as markdown-it's `env`. */
export function curriculumMarkdown(): Markdown {
  const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false, highlight: highlightCode });
  // Only the tokens of this plug-in are used: typesetting is ours, so that malformed TeX is a reported problem.
  markdown.use(katexPlugin);
  markdown.validateLink = () => true;

  const { rules } = markdown.renderer;
  const math =
    (display: boolean) =>
    (tokens: Token[], index: number, _options: unknown, env?: object): string => {
      const context = contextOf(env);
      const tex = tokens[index]?.content ?? '';
      try {
        const html = texHtml(tex, display, context.texStyles);
        return display ? `<div class="formula" tabindex="0">${html}</div>\n` : html;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        context.report(
          context.line,
          `TeX: ${message.replace(/^KaTeX parse error: /, '').replace(/ at position \d+:[\s\S]*$/, '')} in "${tex.trim()}"`,
        );
        return '';
      }
    };
  rules['math_inline'] = math(false);
  rules['math_inline_block'] = math(true);
  rules['math_inline_bare_block'] = math(true);
  rules['math_block'] = math(true);
  rules['link_open'] = (tokens, index, _options, env) => {
    const context = contextOf(env);
    const href = String(tokens[index]?.attrGet('href') ?? '');
    const target = parseLink(href);
    switch (target?.kind) {
      case 'chapter': {
        const anchor = target.anchor === undefined ? '' : ` data-anchor="${target.anchor}"`;
        return `<a href="#" data-chapter="${target.chapterId}"${anchor}>`;
      }
      case 'resource':
        return `<a href="#" data-resource="${target.resourceId}">`;
      case 'web':
        return `<a href="#" data-href="${markdown.utils.escapeHtml(target.url)}">`;
      case undefined:
        context.report(context.line, `a link leads to chapter:id, resource:id or an https address, not to "${href}"`);
        return '<a>';
    }
  };
  rules['term_open'] = (tokens, index) => {
    const token = tokens[index];
    return token ? termTag(token, markdown.utils.escapeHtml) : '';
  };
  rules['term_close'] = () => '</a>';
  rules['image'] = (_tokens, _index, _options, env) => {
    const context = contextOf(env);
    context.report(context.line, 'a figure stands in a paragraph of its own');
    return '';
  };
  rules['table_open'] = () => '<div class="table" tabindex="0"><table>\n';
  rules['table_close'] = () => '</table></div>\n';
  // markdown-it aligns columns with inline styles, which the pages' policy forbids.
  const cell = (tokens: Token[], index: number): string => {
    const token = tokens[index];
    const [, side] = /^text-align:(\w+)$/.exec(String(token?.attrGet('style') ?? '')) ?? [];
    return `<${token?.tag ?? 'td'}${side === undefined ? '' : ` class="align-${side}"`}>`;
  };
  rules['th_open'] = cell;
  rules['td_open'] = cell;
  return markdown;
}

function contextOf(env: object | undefined): RenderContext {
  return env as RenderContext;
}

function highlightCode(code: string, language: string): string {
  if (!language || !hljs.getLanguage(language)) return '';
  return hljs.highlight(code, { language }).value;
}
