// The library searched by meaning, with the specimen of an embedding model.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { countMeanings } from '../../src/library/shelf/meanings.ts';
import { test, until } from './collect.ts';
import { set, specimen, withModel } from './withModel.ts';

test('what is saved is known by its meaning, and a question to the library is answered from it', () =>
  withModel(specimen(), async (running) => {
    const { answers, ask, model, study, shelf: parts } = running;
    const folder = await mkdtemp(join(tmpdir(), 'meaning-'));
    const file = join(folder, 'notes.md');
    await writeFile(
      file,
      '# Caching\n\nThe cache keeps keys and values of earlier tokens.\n\n## Bees\n\nBees dance.\n',
    );
    await vscode.commands.executeCommand('handbook.addToLibrary', vscode.Uri.file(file));
    const { shelf, texts, meanings, search } = await parts.library.open();
    await texts.whenIdle();
    const before = shelf.ask(countMeanings);
    assert.equal(before.done, 0, 'without a model nothing is known');
    assert.ok(before.total >= 2);
    await set('model.embeddingFile', specimen('specimen-embedding-f16.gguf'));
    try {
      await until('the meanings are known', () => shelf.ask(countMeanings).done === before.total);
      await meanings.whenIdle();
      assert.equal(parts.library.meaning, undefined);
      const state = model.state('embedding');
      assert.ok(state.type === 'ready');
      const [vector = []] = await model.embed(['keys and values'], 'foreground', new AbortController().signal);
      const near = await search.near(state.card.modelHash, vector, 8);
      assert.equal(near.length, before.total);
      await answers.meaning.prepare(await study.text());
      const turn = await ask.ask(randomUUID(), 'What does the cache keep?', { scope: { kind: 'library' } });
      assert.ok(
        turn.sources.some(({ passageId }) => passageId.startsWith('saved:')),
        JSON.stringify(turn.sources),
      );
    } finally {
      await set('model.embeddingFile', undefined);
      shelf.remove(shelf.documents().map(({ id }) => id));
    }
    assert.deepEqual(shelf.ask(countMeanings), { done: 0, total: 0 });
    await rm(folder, { recursive: true });
  }));
