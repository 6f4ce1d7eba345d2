/** The key that was pressed for the page, unless it was meant for a control or for VS Code. */
export function keyName(event: KeyboardEvent): string | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return undefined;
  const target = event.target instanceof Element ? event.target : undefined;
  if (target?.closest('input, textarea, vscode-text-area, select')) return undefined;
  // A control that has the focus is pressed by these.
  const isControl = target?.closest('button, vscode-button, a') !== null && target !== undefined;
  if ((event.key === ' ' || event.key === 'Enter') && isControl) return undefined;
  return event.key.toLowerCase();
}
