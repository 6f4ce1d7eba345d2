// The built thread that reads bibliographies.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as othersFirst } from 'node:timers/promises';
import { readBibliographyIn } from '../../../src/library/bibliography/readingTask.ts';

const entry = new URL('../../../dist/bibliography.mjs', import.meta.url);

test('ten thousand entries are read while everything else goes on', async () => {
  const text = Array.from(
    { length: 10_000 },
    (_, n) => `@misc{key${n}, title = {Title {N}umber ${n}}, author = {M{\\"u}ller, J{\\"o}rg}, year = {2020}}\n`,
  ).join('');
  let [turns, done] = [0, false];
  const reading = readBibliographyIn(entry, new TextEncoder().encode(text)).finally(() => {
    done = true;
  });
  while (!done) {
    turns++;
    await othersFirst();
  }
  const end = await reading;
  assert.ok('references' in end);
  assert.equal(end.references.length, 10_000);
  assert.deepEqual(end.references[9999]?.creators, [{ family: 'Müller', given: 'Jörg' }]);
  assert.ok(turns > 100, `${turns} turns`);
});

test('a refusal comes back, too', async () => {
  assert.deepEqual(await readBibliographyIn(entry, new Uint8Array()), { refused: { reason: 'empty' } });
});

test('a thread that can’t be started says so', async () => {
  await assert.rejects(readBibliographyIn(new URL('missing.mjs', entry), new Uint8Array()));
});
