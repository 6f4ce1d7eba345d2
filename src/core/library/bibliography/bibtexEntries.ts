// A BibTeX file cut into its entries, so that one that is spoilt doesn't spoil the others.

export interface BibtexEntry {
  /** In lower case: "article", "string". */
  readonly type: string;
  readonly text: string;
  /** Where it begins, from 1. */
  readonly line: number;
  /** Whether its last brace was found. */
  readonly finished: boolean;
}

const start = /@\s*([A-Za-z]+)\s*([{(])/g;
/** At the beginning of a line, with a key: such a thing stands in no field. */
const next = /[\r\n][ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(][ \t]*[^\s,{}()"=]+[ \t]*,/y;

/** Every entry in the order of the file; what stands between them is a comment. */
export function splitBibtex(text: string): BibtexEntry[] {
  const entries: BibtexEntry[] = [];
  let [line, counted] = [1, 0];
  start.lastIndex = 0;
  for (let head = start.exec(text); head; head = start.exec(text)) {
    for (; counted < head.index; counted++) if (text[counted] === '\n') line++;
    const { at, finished } = endOf(text, start.lastIndex, head[2] === '(' ? ')' : '}');
    start.lastIndex = at;
    const type = head[1]?.toLowerCase() ?? '';
    if (type !== 'comment' && type !== 'preamble') {
      entries.push({ type, text: text.slice(head.index, at), line, finished });
    }
  }
  return entries;
}

/** Where the entry ends whose first brace stands before `from`: BibTeX counts braces, whatever stands before them. */
function endOf(text: string, from: number, closing: string): { at: number; finished: boolean } {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === closing && depth === 0) return { at: at + 1, finished: true };
    if (character === '{') depth++;
    else if (character === '}') depth--;
    else if (character === '\n' || character === '\r') {
      next.lastIndex = at;
      if (next.test(text)) return { at, finished: false };
    }
  }
  return { at: text.length, finished: false };
}
