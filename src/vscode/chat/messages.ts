import * as vscode from 'vscode';
import type { ChatMessage } from '../../core/model/language.ts';

/** The role of system messages, which the stable typings leave out but VS Code sends. */
const systemRole = 3;

/** A message as plain text; what isn't text (pictures, data) is named, never silently left out. */
export function toChatMessage({ role, content }: vscode.LanguageModelChatRequestMessage): ChatMessage {
  return { role: roleOf(role), text: content.map(partText).join('') };
}

function roleOf(role: number): ChatMessage['role'] {
  if (role === systemRole) return 'system';
  return role === (vscode.LanguageModelChatMessageRole.Assistant as number) ? 'assistant' : 'user';
}

function partText(part: unknown): string {
  if (part instanceof vscode.LanguageModelTextPart) return part.value;
  if (part instanceof vscode.LanguageModelToolCallPart) return JSON.stringify({ tool: part.name, input: part.input });
  if (part instanceof vscode.LanguageModelToolResultPart) return `Result: ${part.content.map(partText).join('')}`;
  if (part instanceof vscode.LanguageModelDataPart) return `[${part.mimeType} that this model can’t read]`;
  return '';
}
