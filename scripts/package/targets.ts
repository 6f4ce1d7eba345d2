/** The platforms a VSIX is made for, by VS Code's names, and the package that holds the engine's binary for each. */
export const targets = {
  'linux-x64': '@node-llama-cpp/linux-x64',
  'linux-arm64': '@node-llama-cpp/linux-arm64',
  'win32-x64': '@node-llama-cpp/win-x64',
  'darwin-arm64': '@node-llama-cpp/mac-arm64-metal',
  'darwin-x64': '@node-llama-cpp/mac-x64',
} as const;

export type Target = keyof typeof targets;

export function isTarget(name: string): name is Target {
  return name in targets;
}

/** This machine's, if it is one of them. */
export function hostTarget(): Target | undefined {
  const name = `${process.platform}-${process.arch}`;
  return isTarget(name) ? name : undefined;
}
