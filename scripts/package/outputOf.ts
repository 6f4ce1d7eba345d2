import { execFile } from 'node:child_process';

/** Runs a command to its end and resolves with all that it printed. Rejects with that too if it fails. */
export function outputOf(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  // npm is a .cmd file on Windows, which only a shell starts.
  const shell = process.platform === 'win32' && !command.endsWith('.exe');
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd, shell, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      if (error) reject(new Error([error.message, stdout].join('\n')));
      else resolve({ stdout, stderr });
    });
  });
}
