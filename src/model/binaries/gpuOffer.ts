// Which engine for the GPU suits a machine.

import type { EngineRelease } from './engineRelease.ts';
import type { Machine } from './machine.ts';

export type GpuKind = 'vulkan' | 'cuda';

export interface GpuChoice {
  readonly gpu: GpuKind;
  /** Names in the registry. */
  readonly packages: readonly string[];
  /** What is fetched, and what it takes on the disk. */
  readonly bytes: number;
  readonly unpackedBytes: number;
}

export type GpuOffer =
  /** The best first. */
  | { readonly type: 'choices'; readonly choices: readonly [GpuChoice, ...GpuChoice[]] }
  /** In the learner's words. */
  | { readonly type: 'none'; readonly why: string };

/** Names of packages begin so. */
const scope = '@node-llama-cpp/';

/**
 * What could be fetched for a machine. CUDA only if its runtime is there, which the driver alone doesn't bring: of CUDA 13, or of CUDA 12 with one
 * more package.
 */
export function gpuOffer(machine: Machine, release: EngineRelease): GpuOffer {
  const { platform, arch } = machine;
  if (platform === 'darwin') {
    const why =
      arch === 'arm64'
        ? 'The engine uses this Mac’s GPU already (Metal); nothing needs to be fetched.'
        : 'There is no engine for the GPUs of Macs with Intel processors.';
    return { type: 'none', why };
  }
  if (arch !== 'x64' || (platform !== 'linux' && platform !== 'win32')) {
    return { type: 'none', why: 'There is no engine for the GPU of this kind of machine.' };
  }
  const names = [...cuda(machine), ...vulkan(machine)].map(({ gpu, packages }) => {
    const system = platform === 'win32' ? 'win-x64' : 'linux-x64';
    return { gpu, packages: packages.map((name) => `${scope}${system}-${name}`) };
  });
  const [first, ...others] = names.map((choice) => ({ ...choice, ...sizes(choice.packages, release) }));
  if (first) return { type: 'choices', choices: [first, ...others] };
  const library = platform === 'win32' ? 'vulkan-1.dll' : 'libvulkan.so.1';
  const why = `No graphics driver with Vulkan was found (${library}). If this machine has a GPU, install its driver and look again.`;
  return { type: 'none', why };
}

interface Suitable {
  readonly gpu: GpuKind;
  readonly packages: readonly string[];
}

function vulkan({ platform, has }: Machine): readonly Suitable[] {
  const library = platform === 'win32' ? 'vulkan-1.dll' : 'libvulkan.so.1';
  return has(library) ? [{ gpu: 'vulkan', packages: ['vulkan'] }] : [];
}

function cuda({ platform, has }: Machine): readonly Suitable[] {
  if (!has(platform === 'win32' ? 'nvcuda.dll' : 'libcuda.so.1')) return [];
  const runtime = (version: number): boolean =>
    (platform === 'win32'
      ? [`cudart64_${version}.dll`, `cublas64_${version}.dll`, `cublasLt64_${version}.dll`]
      : [`libcudart.so.${version}`, `libcublas.so.${version}`, `libcublasLt.so.${version}`]
    ).every(has);
  if (runtime(13)) return [{ gpu: 'cuda', packages: ['cuda'] }];
  return runtime(12) ? [{ gpu: 'cuda', packages: ['cuda', 'cuda-ext'] }] : [];
}

function sizes(names: readonly string[], release: EngineRelease): Pick<GpuChoice, 'bytes' | 'unpackedBytes'> {
  const known = names.map((name) => {
    const found = release.packages[name];
    if (!found) throw new Error(`engine.json has no ${name}`);
    return found;
  });
  return {
    bytes: known.reduce((sum, { bytes }) => sum + bytes, 0),
    unpackedBytes: known.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0),
  };
}
