import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createJsonEnd } from '../../../src/core/model/jsonEnd.ts';

/** What is left of a text that comes in pieces of any length. */
function cut(text: string, step: number): string {
  const json = createJsonEnd();
  let taken = '';
  for (let at = 0; at < text.length; at += step) {
    const piece = text.slice(at, at + step);
    const end = json.push(piece);
    taken += piece.slice(0, end);
    if (end !== undefined) return taken;
  }
  return taken;
}

for (const json of ['{"a": [1, {"b": "}]\\"{"}], "c": {}}', '[]', '"a \\\\"', '"say \\"it\\""', '-12.5e3', 'true']) {
  test(`the end of ${json} is noticed`, () => {
    for (const step of [1, 2, 5, 100]) {
      assert.equal(cut(`${json}\n\n  x`, step), json);
      assert.equal(cut(json, step), json);
    }
  });
}

test('white space before the value is none of its end', () => {
  assert.equal(cut(' \n{"a":1} ', 3), ' \n{"a":1}');
});
