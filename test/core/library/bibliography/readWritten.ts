// Reads what was written by rules of its own: the reader of the product is none of them.

import assert from 'node:assert/strict';

/** The fields of BibTeX entries, read as BibTeX does: braces are counted, whatever stands before them. */
export function readBibtex(text: string): { type: string; key: string; fields: Map<string, string> }[] {
  const entries = [];
  let at = 0;
  while (text.slice(at).trim() !== '') {
    const head = /^\s*@([a-z]+)\{([^\s,{}]+),/.exec(text.slice(at));
    assert.ok(head?.[1] && head[2], `no entry at ${JSON.stringify(text.slice(at, at + 80))}`);
    at += head[0].length;
    const fields = new Map<string, string>();
    for (;;) {
      const field = /^\s*([A-Za-z]+) = \{/.exec(text.slice(at));
      if (!field?.[1]) break;
      at += field[0].length;
      const start = at;
      for (let depth = 1; depth > 0; at++) {
        assert.ok(at < text.length, 'braces are not balanced');
        if (text[at] === '{') depth++;
        if (text[at] === '}') depth--;
      }
      fields.set(field[1], text.slice(start, at - 1));
      assert.equal(text[at], ',');
      at++;
    }
    const end = /^\s*\}/.exec(text.slice(at));
    assert.ok(end, `no end at ${JSON.stringify(text.slice(at, at + 80))}`);
    at += end[0].length;
    entries.push({ type: head[1], key: head[2], fields });
  }
  return entries;
}
