// A question and its answer while it comes in, and what is kept and copied of it afterwards.

import type { About, AnswerEvent, AnswerMode, Conversation, Scope, Source, Turn } from './answer.ts';
import { sentenceGap, stepMark } from './answer/sentenceGap.ts';
import { notCovered } from './answer/declineText.ts';
import type { Translate } from './translate.ts';

/** A conversation in which nothing has been asked yet. */
export function beginConversation(id: string, startedAt: number): Conversation {
  return { id, title: '', startedAt, turns: [] };
}

/** How a question is asked. */
export interface AskedHow {
  readonly about?: About | undefined;
  readonly mode?: AnswerMode | undefined;
  readonly scope?: Scope | undefined;
}

/** A turn of which nothing but the question is known yet. */
export function beginTurn(id: string, question: string, askedAt: number, how: AskedHow = {}): Turn {
  const { about, mode, scope } = how;
  return {
    id,
    question,
    ...(about && { about }),
    ...(scope && { scope }),
    ...(mode !== undefined && mode !== 'answer' && { mode }),
    askedAt,
    coverage: 'not-covered',
    speaker: 'quotation',
    sources: [],
    sentences: [],
    // Until its end is known: a turn that never got one has failed.
    ended: 'failed',
  };
}

/** The turn after one more event. */
export function continueTurn(turn: Turn, event: AnswerEvent): Turn {
  switch (event.type) {
    case 'sources':
      return { ...turn, coverage: event.coverage, sources: event.sources };
    case 'sentence':
      return { ...turn, speaker: event.speaker, sentences: [...turn.sentences, event.sentence] };
    case 'declined':
      return { ...turn, declined: { reason: event.reason, missing: event.missing } };
    case 'seen':
      return { ...turn, seen: event.seen };
    case 'progress':
      return turn;
    case 'thought':
      return { ...turn, thought: (turn.thought ?? '') + event.text };
    case 'block':
      return { ...turn, speaker: 'model', blocks: (turn.blocks ?? []).toSpliced(event.index, 1, event.block) };
    case 'cut':
      return { ...turn, cut: true };
    case 'fallback': {
      const { blocks: _blocks, cut: _cut, ...rest } = turn;
      return { ...rest, speaker: 'quotation', fallback: event.message };
    }
  }
}

/** A turn that was cut, as it is when its answer goes on. */
export function reopened(cut: Turn): Turn {
  const { cut: _cut, ...rest } = cut;
  return { ...rest, ended: 'failed' };
}

/**
 * Of a turn and what came of answering it again, the one to keep. An answer that was stopped or failed doesn't replace one
 * that is there, nor does a quotation in place of what a model wrote; what was added to a cut answer stays with it.
 */
export function keptOf(before: Turn, again: 'regenerate' | 'continue', after: Turn): Turn {
  if (!hasAnswer(before)) return after;
  if (before.speaker === 'model' && after.fallback !== undefined) return before;
  if (again === 'regenerate') return after.ended === 'finished' ? after : before;
  if (after.ended === 'failed') return before;
  return after.ended === 'stopped' ? { ...after, cut: true } : after;
}

function hasAnswer(turn: Turn): boolean {
  return turn.sentences.length > 0 || (turn.blocks?.length ?? 0) > 0 || turn.declined !== undefined;
}

/** A conversation with `turn` in its old place, or at the end if it is new; the first question becomes the title. */
export function withTurn(conversation: Conversation, turn: Turn): Conversation {
  const title = conversation.turns.length === 0 ? conversationTitle(turn.question) : conversation.title;
  const place = conversation.turns.findIndex(({ id }) => id === turn.id);
  const turns = place === -1 ? [...conversation.turns, turn] : conversation.turns.with(place, turn);
  return { ...conversation, title, turns };
}

/** The question on one line, cut at a word where it is long. */
export function conversationTitle(question: string, longest = 60): string {
  const line = question.replace(/\s+/g, ' ').trim();
  if (line.length <= longest) return line;
  const cut = line.slice(0, longest);
  const space = cut.lastIndexOf(' ');
  // Never between the halves of a surrogate pair.
  const end = space > longest / 2 ? space : longest - (/[\uD800-\uDBFF]$/.test(cut) ? 1 : 0);
  return `${cut.slice(0, end)}…`;
}

/** The answer as Markdown text with its numbered sources, to paste elsewhere. */
export function answerMarkdown(turn: Turn, t: Translate): string {
  const sources = turn.sources.map((source) => `[${source.number}] ${sourceName(source, t)}`);
  return [
    `**${conversationTitle(turn.question, 300)}**`,
    answerText(turn, t),
    ...notes(turn, t),
    ...(sources.length > 0 ? [sources.join('\n')] : []),
  ]
    .join('\n\n')
    .concat('\n');
}

function sourceName({ chapterTitle, heading, fromLibrary }: Source, t: Translate): string {
  const name = `${chapterTitle}: ${heading}`;
  return fromLibrary ? t('{0} (from your library)', name) : name;
}

function answerText(turn: Turn, t: Translate): string {
  if (turn.blocks && turn.blocks.length > 0) return turn.blocks.map(({ markdown }) => markdown.trim()).join('\n\n');
  if (turn.sentences.length > 0) {
    return turn.sentences
      .map((sentence, n) => {
        const said = [sentence.text, ...sentence.citations.map((number) => `[${number}]`)].join(' ');
        return `${sentenceGap(turn.sentences[n - 1], sentence)}${stepMark(sentence)}${said}`;
      })
      .join('');
  }
  return turn.declined ? t('{0} The nearest passages:', notCovered(turn.scope, t)) : t('No answer.');
}

/** What the page shows beside the words and a copy would lose. */
function notes(turn: Turn, t: Translate): string[] {
  if (!turn.blocks || turn.blocks.length === 0) return [];
  const unsupported = turn.blocks.reduce((sum, block) => sum + block.unsupported, 0);
  return [
    ...(turn.cut === true ? [t('(The answer stopped at its length limit.)')] : []),
    ...(unsupported > 0 ? [t('(Sentences that no passage carries: {0}.)', unsupported)] : []),
    ...(turn.seen ? [t('Written by {0} on this machine.', turn.seen.model)] : []),
  ];
}
