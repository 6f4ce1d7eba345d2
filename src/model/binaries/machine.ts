// What a machine brings for its GPU: libraries, found where the system's loader looks for them.

import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** Whether there is a library of this file name. */
  readonly has: (library: string) => boolean;
}

/** The machine we are on. */
export function thisMachine(): Machine {
  const folders = process.platform === 'win32' ? windowsFolders(process.env) : linuxFolders(process.env);
  return {
    platform: process.platform,
    arch: process.arch,
    has: (library) => folders.some((folder) => existsSync(join(folder, library))),
  };
}

function linuxFolders(environment: NodeJS.ProcessEnv): readonly string[] {
  const cuda = [environment['CUDA_PATH'], ...inside('/usr/local', /^cuda(?:-[\d.]+)?$/)].filter(isSet);
  return [
    ...(environment['LD_LIBRARY_PATH'] ?? '').split(delimiter).filter(isSet),
    ...['/usr/lib', '/usr/lib64', '/lib', '/lib64', '/usr/local/lib'],
    ...['/usr/lib/x86_64-linux-gnu', '/lib/x86_64-linux-gnu', '/run/opengl-driver/lib'],
    ...cuda.flatMap((folder) => [join(folder, 'lib64'), join(folder, 'targets/x86_64-linux/lib')]),
  ];
}

function windowsFolders(environment: NodeJS.ProcessEnv): readonly string[] {
  const windows = environment['SystemRoot'] ?? 'C:\\Windows';
  const toolkit = join(environment['ProgramFiles'] ?? 'C:\\Program Files', 'NVIDIA GPU Computing Toolkit', 'CUDA');
  const cuda = [environment['CUDA_PATH'], ...inside(toolkit, /^v\d/)].filter(isSet);
  return [
    join(windows, 'System32'),
    ...cuda.flatMap((folder) => [join(folder, 'bin'), join(folder, 'bin', 'x64')]),
    ...(environment['PATH'] ?? environment['Path'] ?? '').split(delimiter).filter(isSet),
  ];
}

function inside(folder: string, name: RegExp): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((entry) => name.test(entry))
      .map((entry) => join(folder, entry));
  } catch {
    return [];
  }
}

function isSet(path: string | undefined): path is string {
  return path !== undefined && path !== '';
}
