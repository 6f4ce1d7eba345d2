// Which symbols a formula uses, so that the build can ask for each to be named in the text around it.

import type { Report } from './problem.ts';

const greek =
  'alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega ell'.split(
    ' ',
  );

/** Running indices, the differential, numbers, probability and expectation need no introduction. */
const known = new Set(['i', 'j', 'd', 'e', 'pi', 'Sigma', 'p', 'P', 'E']);

/**
 * The symbols of a piece of TeX: single letters (with their alphabet: `\mathcal{L}` is "L") and Greek ones. Words in
 * \text, \mathrm or \operatorname name themselves, and so do indices: what stands after _ is left out.
 */
export function symbolsIn(tex: string): Set<string> {
  let plain = tex
    .replace(/\\(?:text|textbf|textit|mathrm|operatorname\*?|mathsf|begin|end|color|tag|label)\s*\{[^{}]*\}/g, ' ')
    .replace(
      /\\(?:mathcal|mathbf|mathbb|boldsymbol|bm|hat|tilde|bar|vec|widehat|widetilde|overline|mathit|dot)\s*\{([^{}]*)\}/g,
      ' $1 ',
    )
    .replace(/\\(?:hat|tilde|bar|vec|dot|mathbf|mathcal|mathbb)\s+?([a-zA-Z])/g, ' $1 ');
  for (let depth = 0; depth < 4; depth++) plain = plain.replace(/_\{[^{}]*\}/g, ' ');
  plain = plain.replace(/_(\\[a-zA-Z]+|\S)/g, ' ');
  const found = new Set<string>();
  for (const [, command, letter] of plain.matchAll(/\\([a-zA-Z]+)|([a-zA-Z])/g)) {
    const symbol = command === undefined ? letter : greek.includes(command) ? command : undefined;
    if (symbol !== undefined && !known.has(symbol)) found.add(symbol);
  }
  return found;
}

export interface SymbolCheck {
  /** TeX inside a sentence: what it shows is being named. */
  readonly inline: (tex: string) => void;
  /** A formula on lines of its own. */
  readonly formula: (tex: string, line: number) => void;
  /** The end of a passage: reports the symbols of its formulas that neither it nor the text before it has named. */
  readonly endPassage: (report: Report) => void;
}

/** Checks a chapter's formulas in reading order. What a formula defines (alone left of its `=`) is named by the sentence before. */
export function symbolCheck(): SymbolCheck {
  const named = new Set<string>();
  let formulas: { readonly tex: string; readonly line: number }[] = [];
  return {
    inline: (tex) => {
      for (const symbol of symbolsIn(tex.replace(/_/g, ' '))) named.add(symbol);
    },
    formula: (tex, line) => {
      formulas.push({ tex, line });
    },
    endPassage: (report) => {
      for (const { tex, line } of formulas) {
        const [left = ''] = tex.split(/=|\\approx|\\propto|\\le\b|\\ge\b/, 1);
        const defined = symbolsIn(left);
        const missing = [...symbolsIn(tex)].filter(
          (symbol) => !named.has(symbol) && !(defined.size === 1 && defined.has(symbol)),
        );
        if (missing.length > 0) report(line, `the text around this formula doesn't name ${missing.join(', ')}`);
      }
      formulas = [];
    },
  };
}
