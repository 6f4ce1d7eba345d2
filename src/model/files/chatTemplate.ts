// Checks a header's chat template, which is a program: it is run for every question, in the model's process.

import { FileProblemError } from './fileProblem.ts';

/** Those of models are a tenth as long. */
const longest = 200_000;

/** How deeply brackets, and blocks, stand in one another: those of models reach 15. */
const deepest = 100;

/** How often loops that count may go round together. A template loops over messages; hardly one counts at all. */
const mostRounds = 1_000_000;

/** Throws a FileProblemError where the template can't be meant to be run. A loop that never ends isn't always seen here. */
export function checkChatTemplate(template: string): void {
  if (template.length > longest) fail(`${template.length} characters`);
  const loops: number[] = [];
  let blocks = 0;
  for (const [part] of template.matchAll(/\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}/gs)) {
    if (part.startsWith('{#')) continue;
    const code = part.slice(2, -2).replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/gs, "''");
    let brackets = 0;
    for (const [character] of code.matchAll(/[()[\]{}]/g)) {
      brackets += '([{'.includes(character) ? 1 : -1;
      if (brackets > deepest) fail(`brackets ${deepest} deep`);
    }
    // Each of these takes another as what it works on.
    if (operators(code) > 10 * deepest) fail('an expression without end');
    const [word] = part.startsWith('{%') ? (/[a-z]+/.exec(code) ?? ['']) : [''];
    if (word === 'for') loops.push(Math.max(1, ...numbersIn(/\brange\s*\(([^)]*)\)/.exec(code)?.[1] ?? '')));
    else if (word === 'endfor') loops.pop();
    const rounds = loops.reduce((product, count) => product * count, 1);
    if (rounds > mostRounds) fail(`loops that go round ${rounds} times`);
    if (/^(?:if|for|macro|call|filter)$/.test(word)) blocks++;
    else if (word.startsWith('end')) blocks--;
    if (blocks > deepest) fail(`blocks ${deepest} deep`);
  }
}

function numbersIn(text: string): number[] {
  return [...text.matchAll(/\d+/g)].map(([number]) => Number(number));
}

function operators(code: string): number {
  return [...code.matchAll(/\b(?:not|if|else|and|or)\b|[-+*/~|.]/g)].length;
}

function fail(detail: string): never {
  throw new FileProblemError('template', detail);
}
