// TeX, three ways: typeset by KaTeX at build time, checked, and as plain words for search and copying.

import katex from 'katex';

/**
 * Typesets TeX. KaTeX puts sizes in inline styles, which the pages' content security policy forbids; each distinct style
 * becomes a class, collected in `styles` (style → class name) for the style sheet that the build writes.
 * Throws on malformed TeX and on commands that link or load.
 */
export function texHtml(tex: string, display: boolean, styles: Map<string, string>): string {
  const html = katex.renderToString(tex, {
    displayMode: display,
    throwOnError: true,
    strict: 'error',
    trust: ({ command }) => {
      throw new Error(`${command} is not allowed`);
    },
  });
  return html.replace(
    /<(\w+)([^<>]*?)\sstyle="([^"]*)"([^<>]*)>/g,
    (_, tag: string, before: string, style: string, after: string) => {
      const name = styles.get(style) ?? `tex-${styles.size.toString(36)}`;
      styles.set(style, name);
      const rest = before + after;
      return rest.includes('class="')
        ? `<${tag}${rest.replace('class="', `class="${name} `)}>`
        : `<${tag} class="${name}"${rest}>`;
    },
  );
}

/** The style sheet for the classes that `texHtml` made. */
export function texStyleSheet(styles: ReadonlyMap<string, string>): string {
  return [...styles].map(([style, name]) => `.katex .${name},.${name}{${style}}`).join('\n') + '\n';
}

const symbols: Readonly<Record<string, string>> = {
  alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', epsilon: 'ε', varepsilon: 'ε', zeta: 'ζ', eta: 'η', theta: 'θ', kappa: 'κ',
  lambda: 'λ', mu: 'μ', nu: 'ν', xi: 'ξ', pi: 'π', rho: 'ρ', sigma: 'σ', tau: 'τ', phi: 'φ', varphi: 'φ', chi: 'χ', psi: 'ψ',
  omega: 'ω', Gamma: 'Γ', Delta: 'Δ', Theta: 'Θ', Lambda: 'Λ', Pi: 'Π', Sigma: 'Σ', Phi: 'Φ', Psi: 'Ψ', Omega: 'Ω', ell: 'ℓ',
  sum: 'Σ', prod: 'Π', int: '∫', infty: '∞', partial: '∂', nabla: '∇', cdot: '·', times: '×', div: '÷', pm: '±', le: '≤',
  leq: '≤', ge: '≥', geq: '≥', ne: '≠', neq: '≠', approx: '≈', sim: '~', propto: '∝', equiv: '≡', in: '∈', notin: '∉', to: '→',
  rightarrow: '→', leftarrow: '←', mapsto: '↦', Rightarrow: '⇒', iff: '⇔', mid: '|', vert: '|', Vert: '‖', '|': '‖', dots: '…',
  ldots: '…', cdots: '…', top: 'ᵀ', prime: '′', circ: '∘', odot: '⊙', oplus: '⊕', otimes: '⊗', lfloor: '⌊', rfloor: '⌋', lceil: '⌈',
  rceil: '⌉', langle: '⟨', rangle: '⟩', forall: '∀', exists: '∃', cup: '∪', cap: '∩', subset: '⊂', subseteq: '⊆', emptyset: '∅',
  ll: '≪', gg: '≫', star: '*', ast: '*', lvert: '|', rvert: '|', lVert: '‖', rVert: '‖', quad: ' ', qquad: ' ',
}; // prettier-ignore

/** TeX as readable plain text: `\frac{a}{b}` is "a/b", `\lambda` is "λ". For search, copying and quotation, not for typesetting. */
export function texText(tex: string): string {
  let text = tex;
  for (let i = 0; i < 4; i++) {
    text = text
      .replace(/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, (_, a: string, b: string) => `${group(a)}/${group(b)}`)
      .replace(/\\sqrt\s*\{([^{}]*)\}/g, '√($1)')
      .replace(
        /\\(?:text|mathrm|mathbf|mathbb|mathcal|mathit|boldsymbol|operatorname\*?|hat|tilde|bar|vec|widehat|widetilde|overline|underline|textbf|textit|mathsf|bm)\s*\{([^{}]*)\}/g,
        '$1',
      )
      .replace(/\^\{([^{}]*)\}/g, (_, inner: string) => `^${group(inner)}`)
      .replace(/_\{([^{}]*)\}/g, (_, inner: string) => `_${group(inner)}`);
  }
  return text
    .replace(/~/g, ' ')
    .replace(/\\begin\{[^}]*\}(\{[^}]*\})?|\\end\{[^}]*\}/g, ' ')
    .replace(/\\\\/g, '; ')
    .replace(/\\(left|right|big|Big|bigl|bigr|Bigl|Bigr|bigg|Bigg|displaystyle|limits|nolimits)(?![a-zA-Z])/g, '')
    .replace(/\\([a-zA-Z]+|\|)/g, (_, name: string) => symbols[name] ?? name)
    .replace(/\\[,;:! ]/g, ' ')
    .replace(/\\(.)/g, '$1')
    .replace(/[{}]/g, '')
    .replace(/&/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function group(text: string): string {
  return /^-?[\w.\\]+$/.test(text.trim()) ? text.trim() : `(${text.trim()})`;
}
