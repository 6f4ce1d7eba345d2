// Puts an answer into VS Code's chat as it comes in.

import * as vscode from 'vscode';
import { declineText } from '../../core/answer/declineText.ts';
import type { AnswerEvent, AnswerSentence, Scope, Source } from '../../core/answer.ts';
import { sentenceGap, stepMark } from '../../core/answer/sentenceGap.ts';
import { escaped, quotedSentence, withPassageLinks } from '../../core/chat/chatMarkdown.ts';
import { say } from '../say.ts';
import { commandLink } from './commandLink.ts';
import { passageUri } from './passageDocuments.ts';

/** The only commands that a link in the chat may run. */
const trusted = { enabledCommands: ['handbook.openPassage', 'handbook.openChapter', 'handbook.openResource'] };

export interface AnswerWriter {
  readonly write: (event: AnswerEvent) => void;
  readonly end: () => void;
}

/**
 * Puts an answer into the chat. What is written there can't be taken back, so a block is told once it is complete: when
 * the next one has begun, or at the end.
 */
export function answerWriter(stream: vscode.ChatResponseStream, scope: Scope | undefined): AnswerWriter {
  let sources: readonly Source[] = [];
  const referenced = new Set<string>();
  let said: AnswerSentence | undefined;
  let open = '';
  let openIndex = -1;
  let partly = false;
  let unsupported = 0;
  let unsupportedHere = 0;
  let dropped = 0;
  const markdown = (text: string): void => {
    stream.markdown(trustedMarkdown(text));
  };
  const remark = (words: string): void => {
    markdown(`*${words}*\n\n`);
  };
  const close = (): void => {
    if (open !== '') markdown(`${withPassageLinks(open, sources, passageLink)}\n\n`);
    open = '';
    openIndex = -1;
    unsupported += unsupportedHere;
    unsupportedHere = 0;
  };
  return {
    write: (event) => {
      switch (event.type) {
        case 'sources':
          sources = event.sources;
          // They may come again when it is known what the model saw.
          for (const { chapterTitle, heading, passageId } of sources.filter(
            (each) => !referenced.has(each.passageId),
          )) {
            referenced.add(passageId);
            stream.reference(passageUri(chapterTitle, heading, passageId));
          }
          if (event.coverage === 'partly' && !partly)
            markdown(`${vscode.l10n.t('Only a part of this is covered.')}\n\n`);
          partly = event.coverage === 'partly';
          return;
        case 'progress':
          if (event.progress.phase === 'loading') stream.progress(vscode.l10n.t('Loading the model…'));
          return;
        case 'sentence':
          markdown(
            sentenceGap(said, event.sentence) +
              stepMark(event.sentence) +
              quotedSentence(event.sentence, sources, passageLink),
          );
          said = event.sentence;
          return;
        case 'block':
          if (event.index !== openIndex) close();
          openIndex = event.index;
          open = event.block.markdown;
          unsupportedHere = event.block.unsupported;
          return;
        case 'declined':
          markdown(
            [escaped(declineText(event, scope, say)), ...sources.map((source) => `- ${sourceLine(source)}`)].join(
              '\n\n',
            ),
          );
          return;
        case 'fallback':
          open = '';
          openIndex = -1;
          unsupportedHere = 0;
          dropped = 0;
          markdown(`${escaped(event.message)}\n\n`);
          return;
        case 'cut':
          close();
          remark(vscode.l10n.t('The answer stopped at its length limit. Say “continue” to have the rest.'));
          return;
        case 'seen':
          dropped = event.seen.droppedTurns;
          return;
        case 'thought':
          return;
      }
    },
    end: () => {
      close();
      if (unsupported > 0) {
        remark(
          unsupported === 1
            ? vscode.l10n.t('No passage carries one sentence of this answer.')
            : vscode.l10n.t('No passage carries {0} sentences of this answer.', unsupported),
        );
      }
      if (dropped > 0) {
        remark(
          dropped === 1
            ? vscode.l10n.t('The oldest turn of this conversation was left out: the context is full.')
            : vscode.l10n.t('The oldest {0} turns of this conversation were left out: the context is full.', dropped),
        );
      }
    },
  };
}

/** Markdown whose links may open passages, chapters and resources. */
export function trustedMarkdown(text: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text);
  markdown.isTrusted = trusted;
  return markdown;
}

function passageLink(source: Source, sentence: string): string {
  return commandLink('handbook.openPassage', source.passageId, ...(sentence === '' ? [] : [sentence]));
}

function sourceLine(source: Source): string {
  const name = escaped(`${source.chapterTitle}: ${source.heading}`);
  return `[${name}](${passageLink(source, '')})${source.fromLibrary ? ` ${vscode.l10n.t('(from your library)')}` : ''}`;
}
