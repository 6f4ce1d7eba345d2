// The Markdown that a model may write: no HTML, no links, no pictures; TeX and citations come as single characters that
// the stream made of them. Everything it renders is safe to show under the pages' policy, which forbids inline styles.

import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import cpp from 'highlight.js/lib/languages/cpp';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import yaml from 'highlight.js/lib/languages/yaml';
import MarkdownIt, { type Token } from 'markdown-it';
import type { Marks } from './answerMarks.ts';
import { formulaHtml } from './formulaHtml.ts';

for (const [name, language] of Object.entries({ bash, cpp, javascript, json, python, rust, sql, typescript, yaml })) {
  hljs.registerLanguage(name, language);
}

export type AnswerMarkdown = InstanceType<typeof MarkdownIt>;

/** What a model has no use for here, shown as the characters it wrote. */
const notUnderstood = [
  'link',
  'image',
  'autolink',
  'html_inline',
  'html_block',
  'entity',
  'reference',
  'code',
  'lheading',
];

/** A parser and renderer whose inline tokens include `citation` and `math_inline`, made of the characters of `marks`. */
export function createAnswerMarkdown(marks: Marks): AnswerMarkdown {
  const markdown = new MarkdownIt({
    html: false,
    linkify: false,
    typographer: false,
    highlight: (code, language) => highlighted(code, language),
  });
  markdown.disable(notUnderstood);
  markdown.core.ruler.push('marks', (state) => {
    for (const token of state.tokens) {
      if (token.children) token.children = token.children.flatMap((child) => withMarks(child, marks));
      // In code they are what was written.
      if (token.type === 'fence') token.content = marks.written(token.content);
      if (token.type === 'heading_open' || token.type === 'heading_close') {
        token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 2)}`;
      }
    }
  });
  const { rules } = markdown.renderer;
  rules['math_inline'] = (tokens, index) => {
    const token = tokens[index];
    return token ? formulaHtml(token.content, token.meta?.['display'] === true, markdown.utils.escapeHtml) : '';
  };
  rules['citation'] = (tokens, index) => {
    const { number, sentence } = tokens[index]?.meta ?? {};
    const said = typeof sentence === 'string' ? ` data-sentence="${markdown.utils.escapeHtml(sentence)}"` : '';
    return `<cite data-source="${Number(number)}"${said}></cite>`;
  };
  rules['sentence_open'] = (tokens, index) =>
    tokens[index]?.meta?.['unsupported'] === true ? '<span class="sentence unsupported">' : '<span class="sentence">';
  rules['sentence_close'] = () => '</span>';
  rules['table_open'] = () => '<div class="table" tabindex="0"><table>\n';
  rules['table_close'] = () => '</table></div>\n';
  const cell = (tokens: Token[], index: number): string => {
    const token = tokens[index];
    const [, side] = /^text-align:(\w+)$/.exec(String(token?.attrGet('style') ?? '')) ?? [];
    return `<${token?.tag ?? 'td'}${side === undefined ? '' : ` class="align-${side}"`}>`;
  };
  rules['th_open'] = cell;
  rules['td_open'] = cell;
  return markdown;
}

/** A run of text in pieces: words, citations, formulas. */
function withMarks(token: Token, marks: Marks): Token[] {
  if (token.type === 'code_inline') token.content = marks.written(token.content);
  if (token.type !== 'text') return [token];
  return marks.split(token.content).map((piece) => {
    const made = Object.assign(Object.create(Object.getPrototypeOf(token) as object) as Token, token);
    switch (piece.type) {
      case 'text':
        return Object.assign(made, { content: piece.text });
      case 'citation':
        return Object.assign(made, { type: 'citation', content: '', meta: { number: piece.number } });
      case 'tex':
        return Object.assign(made, {
          type: 'math_inline',
          content: piece.tex,
          meta: { display: piece.display },
        });
    }
  });
}

function highlighted(code: string, language: string): string {
  return language !== '' && hljs.getLanguage(language) ? hljs.highlight(code, { language }).value : '';
}
