// What a reader page may ask of the companion. Its ids are looked up, not trusted.

import * as vscode from 'vscode';
import type { FromReader } from '../protocol/reader.ts';
import type { AskView } from './askView.ts';
import type { CommandId } from './commandIds.ts';
import { copyLinks, openLink, openResource } from './links.ts';
import type { Problems } from './problems.ts';
import type { Readers } from './readers.ts';
import type { Study } from './study.ts';

/** Does what the page asked for. */
export async function doForReader(
  message: FromReader,
  study: Study,
  readers: Readers,
  ask: AskView,
  problems: Problems,
): Promise<void> {
  switch (message.type) {
    case 'openChapter': {
      const { anchor, beside = false } = message;
      const chapter = await study.chapter(message.chapterId);
      if (!chapter) return;
      await readers.openChapter(chapter, { beside, ...(anchor !== undefined && { highlight: { anchor } }) });
      return;
    }
    case 'openResource': {
      const resource = await study.resource(message.resourceId);
      if (resource) await openResource(resource, problems);
      return;
    }
    case 'copyResource': {
      const resource = await study.resource(message.resourceId);
      if (resource) await copyLinks([resource], 'markdown');
      return;
    }
    case 'openLink':
      await openLink(message.url, problems);
      return;
    case 'markChapter': {
      const chapter = await study.chapter(message.chapterId);
      if (chapter) await study.record({ kind: 'chapter', subject: chapter.id, state: message.state });
      return;
    }
    case 'markResource': {
      const resource = await study.resource(message.resourceId);
      if (resource) await study.record({ kind: 'resource', subject: resource.id, state: message.state });
      return;
    }
    case 'askAbout': {
      const chapter = await study.chapter(message.chapterId);
      if (chapter) await ask.open('', { chapterId: chapter.id, chapterTitle: chapter.title, text: message.text });
      return;
    }
    case 'quizMe':
      await vscode.commands.executeCommand('handbook.quizMe' satisfies CommandId, message.chapterId);
      return;
    case 'ready':
    case 'position':
    case 'keepNote':
    case 'deleteNote':
    case 'restoreNote':
    case 'readNotes':
    case 'copyNote':
    case 'makeCard':
    case 'reading':
      // Between the page and its panel.
      return;
  }
}
