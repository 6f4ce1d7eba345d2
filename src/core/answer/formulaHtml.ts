// Formulas that come at run time: of a model, of the learner. What is typeset at build time is in core/book.

import katex from 'katex';

/** MathML, which needs no styles; what isn't TeX is shown as it was written. */
export function formulaHtml(tex: string, display: boolean, escapeHtml: (text: string) => string): string {
  const shown = mathml(tex, display) ?? `<code class="tex">${escapeHtml(tex)}</code>`;
  return display ? `<span class="formula" tabindex="0">${shown}</span>` : shown;
}

function mathml(tex: string, display: boolean): string | undefined {
  let html: string;
  try {
    html = katex.renderToString(tex, {
      displayMode: display,
      output: 'mathml',
      throwOnError: true,
      strict: 'ignore',
      maxSize: 10,
      maxExpand: 200,
      trust: ({ command }) => {
        throw new Error(`${command} is not allowed`);
      },
    });
  } catch {
    return undefined;
  }
  return /<math[\s\S]*<\/math>/
    .exec(html)?.[0]
    .replace(/<annotation[\s\S]*?<\/annotation>|<\/?semantics>/g, '')
    .replace(/\sstyle="[^"]*"/g, '');
}
