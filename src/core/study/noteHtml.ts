// What the learner wrote, as HTML that is safe to show under the pages' policy: CommonMark without HTML and pictures, with
// links to https addresses, which the page hands back to the extension, and formulas between dollars.

import MarkdownIt from 'markdown-it';
import { formulaHtml } from '../answer/formulaHtml.ts';
import { httpsOnly } from '../resourceLinks.ts';

/** A note is shown up to here; editing shows all of it. */
const mostShown = 20_000;
/** Typesetting takes time; a note with more formulas than that is no note. */
const mostFormulas = 200;

let made: InstanceType<typeof MarkdownIt> | undefined;

/** Renders a note. Whatever stands in it, the outcome has no scripts, styles, pictures or addresses of its own. */
export function noteHtml(text: string): string {
  made ??= noteMarkdown();
  const shown = text.length > mostShown ? `${text.slice(0, mostShown).toWellFormed()}…` : text;
  return made.render(shown, { formulas: 0 } satisfies Env);
}

interface Env {
  formulas: number;
}

function noteMarkdown(): InstanceType<typeof MarkdownIt> {
  const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false, breaks: true });
  markdown.disable(['image', 'html_block', 'html_inline']);
  markdown.validateLink = (url) => httpsOnly(url) !== undefined;
  markdown.inline.ruler.before('escape', 'formula', (state, silent) => {
    const found = /^(\$\$?)([^$\n]*[^$\s\\])\1(?!\d)/.exec(state.src.slice(state.pos, state.pos + 1000));
    if (!found || /^\s/.test(found[2] ?? '')) return false;
    if (!silent) {
      const token = state.push('formula', '', 0);
      token.content = found[2] ?? '';
      token.meta = { display: found[1] === '$$' };
    }
    state.pos += found[0].length;
    return true;
  });
  const { rules } = markdown.renderer;
  rules['formula'] = (tokens, index, _options, env?: object) => {
    const token = tokens[index];
    const tex = token?.content ?? '';
    const count = env as Env;
    if (++count.formulas > mostFormulas) return `<code class="tex">${markdown.utils.escapeHtml(tex)}</code>`;
    return formulaHtml(tex, token?.meta?.['display'] === true, markdown.utils.escapeHtml);
  };
  rules['link_open'] = (tokens, index) => {
    const url = httpsOnly(String(tokens[index]?.attrGet('href') ?? '')) ?? '';
    return `<a href="#" data-href="${markdown.utils.escapeHtml(url)}">`;
  };
  // In a card beside the text a heading is no heading of the chapter.
  rules['heading_open'] = () => '<p class="note-heading">';
  rules['heading_close'] = () => '</p>\n';
  rules['table_open'] = () => '<div class="table"><table>\n';
  rules['table_close'] = () => '</table></div>\n';
  // markdown-it aligns columns with inline styles, which the pages' policy forbids.
  rules['th_open'] = () => '<th>';
  rules['td_open'] = () => '<td>';
  return markdown;
}
