import { readEngineRelease } from '../../model/binaries/engineRelease.ts';
import { installedGpu } from '../../model/binaries/installed.ts';
import type { ModelPlaces } from './modelPlaces.ts';

/** The folder of the fetched engine for this machine's GPU, if it is there and was seen to work. */
export async function installedEngine(
  { engineRelease, engines }: ModelPlaces,
  log: (line: string) => void,
): Promise<string | undefined> {
  try {
    const { version } = await readEngineRelease(engineRelease);
    const found = await installedGpu(engines, version);
    return found.type === 'installed' && found.installed.tried?.worked === true ? found.installed.folder : undefined;
  } catch (error) {
    log(`no engine for the GPU: ${String(error)}`);
    return undefined;
  }
}
