import type { CommandId } from '../commandIds.ts';

/** The address of a link that runs a command of the companion; good in Markdown that trusts that command. */
export function commandLink(command: CommandId, ...args: readonly string[]): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify(args))}`;
}
