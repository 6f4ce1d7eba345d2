// What another program's conversation looks like to our engine.

import type { ChatMessage } from '../model/language.ts';

/**
 * The same conversation in the form that chat templates want: one system message at the start, then the user and the
 * assistant in turn, the user first. Nothing is left out: what stands elsewhere is joined to its neighbour.
 */
export function inTurns(messages: readonly ChatMessage[], system = ''): ChatMessage[] {
  const spoken = messages.filter(({ role, text }) => role !== 'system' && text !== '');
  const ordered: ChatMessage[] = [];
  for (const message of spoken) {
    const last = ordered.at(-1);
    if (last?.role === message.role) {
      ordered[ordered.length - 1] = { role: last.role, text: `${last.text}\n\n${message.text}` };
    } else {
      ordered.push(message);
    }
  }
  if (ordered[0]?.role === 'assistant') ordered.unshift({ role: 'user', text: '…' });
  const rules = [...messages.filter(({ role }) => role === 'system').map(({ text }) => text), system].filter(Boolean);
  return [...(rules.length > 0 ? [{ role: 'system' as const, text: rules.join('\n\n') }] : []), ...ordered];
}
