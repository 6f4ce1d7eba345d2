// A question and its answer while it comes in, and what is kept and copied of it afterwards.

import type { About, AnswerEvent, Conversation, Turn } from './answer.ts';
import type { Translate } from './translate.ts';

/** A conversation in which nothing has been asked yet. */
export function beginConversation(id: string, startedAt: number): Conversation {
  return { id, title: '', startedAt, turns: [] };
}

/** A turn of which nothing but the question is known yet. */
export function beginTurn(id: string, question: string, askedAt: number, about?: About): Turn {
  return {
    id,
    question,
    ...(about && { about }),
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
  }
}

/** A conversation with `turn` at its end; the first question becomes its title. */
export function withTurn(conversation: Conversation, turn: Turn): Conversation {
  const title = conversation.turns.length === 0 ? conversationTitle(turn.question) : conversation.title;
  return { ...conversation, title, turns: [...conversation.turns, turn] };
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
  const sentences = turn.sentences.map((sentence) =>
    [sentence.text, ...sentence.citations.map((number) => `[${number}]`)].join(' '),
  );
  const answer =
    sentences.length > 0
      ? sentences.join(' ')
      : turn.declined
        ? t('The handbook doesn’t cover this. The nearest passages:')
        : t('No answer.');
  const sources = turn.sources.map((source) => `[${source.number}] ${source.chapterTitle}: ${source.heading}`);
  return [`**${conversationTitle(turn.question, 300)}**`, answer, ...(sources.length > 0 ? [sources.join('\n')] : [])]
    .join('\n\n')
    .concat('\n');
}
