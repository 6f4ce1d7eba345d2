const longestName = 200;

/** Names that Windows keeps for devices, whatever their ending. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** The name if a model's file may have it on every system, in one folder and nowhere else; else undefined. */
export function safeFileName(name: string): string | undefined {
  const hasForbidden = /[\u0000-\u001f<>:"/\\|?*\u007f]/.test(name);
  const bad = hasForbidden || name.startsWith('.') || name.length > longestName || reserved.test(name);
  return !bad && /\.gguf$/i.test(name) ? name : undefined;
}
