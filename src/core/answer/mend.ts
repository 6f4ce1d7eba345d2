// Markdown that is still being written, closed for the moment, so that an open `**` doesn't flash as two asterisks.

const code = /(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/y;
const emphasis = /\*{1,3}|_{1,3}|~~/y;

/** The text of one block with what is open in it closed, and without a mark that is just being opened. */
export function mended(block: string): string {
  if (/^\s*(`{3}|~{3})/.test(block)) return block;
  // What stands at the very end may be half of a mark; a whole one that closed something is put back below.
  const text = block.replace(/(?<!\\)[*_~]+$/, '');
  const open: string[] = [];
  for (let at = 0; at < text.length;) {
    code.lastIndex = at;
    emphasis.lastIndex = at;
    if (text[at] === '\\') at += 2;
    else if (code.test(text)) at = code.lastIndex;
    else if (emphasis.test(text)) {
      const mark = text.slice(at, emphasis.lastIndex);
      const before = text[at - 1] ?? ' ';
      const after = text[at + mark.length] ?? ' ';
      if (open.at(-1) === mark && /\S/.test(before)) open.pop();
      else if (/\S/.test(after) && /[\s\p{P}]/u.test(before)) open.push(mark);
      at += mark.length;
    } else at++;
  }
  return open.length === 0 ? text : text.trimEnd() + open.reverse().join('');
}
