// What is wanted, in the order and at the pace in which windows take it, in real files.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentState } from '../../src/core/library/savedDocument.ts';
import type { NewDocument } from '../../src/core/library/savedDocument.ts';
import { polite, place, window, web, claimed, brought, failure, contents } from './shelfPlace.ts';

test('two windows never fetch the same thing, nor ask one server more often than is polite', (t) => {
  const at = place(t);
  const [one, two] = [window(t, at, 'a'), window(t, at, 'b')];
  const same = (path: string): NewDocument => ({
    ...web('a.org'),
    address: `https://a.org/${path}`,
    copies: [{ form: 'main', address: `https://a.org/${path}`, optional: false }],
  });
  one.add([same('1'), same('2'), web('b.org')]);
  const first = claimed(one.claim('one', polite));
  const second = claimed(two.claim('two', polite));
  assert.deepEqual([first.address, second.address], ['https://a.org/1', 'https://b.org/']);
  // One at a time from a server …
  at.now += 5000;
  assert.deepEqual(two.claim('two', polite), { type: 'wait', until: 1_000_000 + polite.leaseMs });
  one.finish(first, brought(at, '1'), polite);
  // … and the next once it had a rest.
  const third = claimed(two.claim('two', polite));
  assert.equal(third.address, 'https://a.org/2');
  one.add([same('3')]);
  two.finish(third, brought(at, '2'), polite);
  assert.deepEqual(one.claim('one', polite), { type: 'wait', until: at.now + 1000 });
});

test('what one window fetches no other one takes, however much is allowed at once', (t) => {
  const at = place(t);
  const [one, two] = [window(t, at, 'a'), window(t, at, 'b')];
  one.add([web('a.org')]);
  const eager = { ...polite, perHost: 5, hostMs: () => 0 };
  assert.equal(one.claim('one', eager).type, 'claim');
  assert.deepEqual(two.claim('two', eager), { type: 'wait', until: at.now + polite.leaseMs });
});

test('no more at once than is polite, over all windows', (t) => {
  const at = place(t);
  const [one, two] = [window(t, at, 'a'), window(t, at, 'b')];
  one.add(Array.from({ length: 10 }, (_, index) => web(`host-${index}.org`)));
  const claims = [one, two, one, two, one, two].map((shelf) => shelf.claim('t', { ...polite, total: 3 }).type);
  assert.deepEqual(claims, ['claim', 'claim', 'claim', 'wait', 'wait', 'wait']);
});

test('what a window was fetching when it died is fetched by another, and the dead one can’t spoil it', (t) => {
  const at = place(t);
  const [one, two] = [window(t, at, 'a'), window(t, at, 'b')];
  one.add([web('a.org')]);
  const dead = claimed(one.claim('dead', polite));
  at.now += polite.leaseMs - 1;
  assert.equal(two.claim('t', polite).type, 'wait');
  at.now += 2;
  const taken = claimed(two.claim('alive', polite));
  assert.equal(taken.address, dead.address);
  assert.equal(one.keep(dead, polite, 5, 10), false);
  assert.equal(one.finish(dead, brought(at, 'old'), polite), false);
  assert.equal(two.finish(taken, brought(at, 'new'), polite), true);
  assert.deepEqual(contents(at).length, 1);
});

test('what is under way when a window closes is wanted at once by the next', (t) => {
  const at = place(t);
  const shelf = window(t, at);
  shelf.add([web('a.org')]);
  shelf.release(claimed(shelf.claim('t', polite)));
  at.now += 1000;
  assert.equal(shelf.claim('t', polite).type, 'claim');
});

test('a failure that may pass is tried again, later each time, and told in the end', (t) => {
  const at = place(t);
  const shelf = window(t, at);
  const [added] = shelf.add([web('a.org')]);
  const waits: number[] = [];
  for (let next = shelf.claim('t', polite); next.type !== 'idle'; next = shelf.claim('t', polite)) {
    if (next.type === 'wait') {
      waits.push(next.until - at.now);
      at.now = next.until;
    } else shelf.finish(next.claim, failure, polite);
  }
  assert.deepEqual(waits, [2000, 8000, 32_000]);
  const failed = shelf.document(added?.id ?? '');
  assert.ok(failed && documentState(failed) === 'failed');
  assert.deepEqual(failed.copies[0]?.failure, { reason: 'timeout', host: 'a.org', detail: '' });
  // The learner tries again.
  at.now += 1000;
  shelf.want([failed.id]);
  assert.equal(claimed(shelf.claim('t', polite)).documentId, failed.id);
});

test('a failure that won’t pass is told at once', (t) => {
  const at = place(t);
  const shelf = window(t, at);
  shelf.add([web('a.org')]);
  shelf.finish(claimed(shelf.claim('t', polite)), { ...failure, reason: 'not-found' }, polite);
  assert.deepEqual(shelf.claim('t', polite), { type: 'idle' });
});

test('a server that asks to wait is left alone for as long, whatever is wanted of it; for too long, it is given up', (t) => {
  const at = place(t);
  const shelf = window(t, at);
  shelf.add([
    web('a.org'),
    {
      ...web('a.org'),
      address: 'https://a.org/2',
      copies: [{ form: 'main', address: 'https://a.org/2', optional: false }],
    },
  ]);
  const busy = { ...failure, reason: 'too-many-requests', retryAfterMs: 60_000 } as const;
  shelf.finish(claimed(shelf.claim('t', polite)), busy, polite);
  assert.deepEqual(shelf.claim('t', polite), { type: 'wait', until: at.now + 60_000 });
  at.now += 60_000;
  const again = claimed(shelf.claim('t', polite));
  shelf.finish(again, { ...busy, retryAfterMs: 24 * 3600_000 }, polite);
  assert.equal(shelf.document(again.documentId)?.copies[0]?.failure?.reason, 'too-many-requests');
});

test('stopping takes it out of the queue, in whichever window it is fetched, and loses nothing', (t) => {
  const at = place(t);
  const [one, two] = [window(t, at, 'a'), window(t, at, 'b')];
  const [kept, fresh] = one.add([web('a.org'), web('b.org')]);
  assert.ok(kept && fresh);
  one.finish(claimed(one.claim('t', polite)), brought(at, 'x'), polite);
  const going = claimed(one.claim('t', polite));
  one.want([kept.id]);
  two.stop([kept.id, fresh.id]);
  assert.equal(one.keep(going, polite, 1, 2), false);
  assert.deepEqual(
    [kept, fresh].map(({ id }) => documentState(one.document(id) ?? kept)),
    ['fetched', 'failed'],
  );
  assert.equal(one.document(fresh.id)?.copies[0]?.failure?.reason, 'stopped');
});
