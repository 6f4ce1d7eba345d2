// Whether an answer states what it should: one entry a fact, `|` between wordings, met at the start of a word.

/** Lower case, punctuation to single spaces: "Non-linear" and "non linear" are the same. */
function plain(text: string): string {
  return ` ${text
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
}

/** How many of `facts` the text mentions. */
export function factsMentioned(text: string, facts: readonly string[]): number {
  const said = plain(text);
  return facts.filter((fact) => fact.split('|').some((wording) => said.includes(plain(wording).trimEnd()))).length;
}
