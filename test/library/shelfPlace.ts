// A shelf in real files, with windows on it.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { NewDocument } from '../../src/core/library/savedDocument.ts';
import { openDatabase } from '../../src/library/shelf/openDatabase.ts';
import { usualPoliteness } from '../../src/library/shelf/queueRows.ts';
import type { Claim, NextClaim, Outcome } from '../../src/library/shelf/queueRows.ts';
import { Shelf } from '../../src/library/shelf/shelf.ts';
import { folder } from './webServer.ts';

export interface Place {
  readonly path: string;
  now: number;
  quota: number;
}

export const polite = { ...usualPoliteness, hostMs: () => 1000 };

export function place(t: TestContext): Place {
  return { path: folder(t), now: 1_000_000, quota: 1e9 };
}

/** A window on the library at `at`. */
export function window(t: TestContext, at: Place, prefix = 'a'): Shelf {
  const { db } = openDatabase(join(at.path, 'library.db'), () => at.now, 5000);
  let ids = 0;
  const shelf = new Shelf({
    db,
    folder: at.path,
    now: () => at.now,
    newId: () => `${prefix}${++ids}`,
    quota: () => at.quota,
    report: (problem) => {
      throw new Error(problem);
    },
  });
  t.after(() => {
    shelf.dispose();
  });
  return shelf;
}

export function web(host: string, more: Partial<NewDocument> = {}): NewDocument {
  const address = `https://${host}/`;
  return {
    address,
    title: `At ${host}`,
    creators: 'Ann',
    kind: 'article',
    origin: 'resource',
    minutes: 5,
    copies: [{ form: 'main', address, optional: false }],
    ...more,
  };
}

export function claimed(next: NextClaim): Claim {
  assert.ok(next.type === 'claim', `nothing to claim: ${next.type}`);
  return next.claim;
}

/** What a fetch leaves: a file, and what is known of it. */
export function brought(at: Place, text: string, version: { etag?: string } = {}): Extract<Outcome, { type: 'new' }> {
  const path = join(at.path, 'parts', `${createHash('md5').update(text).digest('hex')}.new`);
  mkdirSync(join(at.path, 'parts'), { recursive: true });
  writeFileSync(path, text);
  const hash = createHash('sha256').update(text).digest('hex');
  return { type: 'new', path, hash, bytes: text.length, content: 'html', version };
}

export const failure = { type: 'failed', reason: 'timeout', host: 'a.org', detail: '' } as const;

export function contents(at: Place): string[] {
  if (!existsSync(join(at.path, 'content'))) return [];
  return readdirSync(join(at.path, 'content'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.\w+$/.test(name),
  );
}
