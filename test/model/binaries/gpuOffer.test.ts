import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { EngineRelease, PackagesFile } from '../../../src/model/binaries/engineRelease.ts';
import { gpuOffer } from '../../../src/model/binaries/gpuOffer.ts';
import type { GpuOffer } from '../../../src/model/binaries/gpuOffer.ts';

const file = new URL('../../../src/model/binaries/packages.json', import.meta.url);
const packages = JSON.parse(await readFile(file, 'utf8')) as PackagesFile;
const release: EngineRelease = { ...packages, registry: 'https://registry.invalid/' };

function offer(platform: NodeJS.Platform, arch: string, libraries: readonly string[] = []): GpuOffer {
  return gpuOffer({ platform, arch, has: (library) => libraries.includes(library) }, release);
}

/** Names without their scope, choice by choice. */
function offered(found: GpuOffer): readonly (readonly string[])[] {
  assert.equal(found.type, 'choices');
  return found.choices.map(({ packages: names }) => names.map((name) => name.replace('@node-llama-cpp/', '')));
}

const linuxDriver = ['libcuda.so.1', 'libvulkan.so.1'];
const linuxRuntime = (version: number): readonly string[] =>
  ['libcudart', 'libcublas', 'libcublasLt'].map((name) => `${name}.so.${version}`);
const windowsRuntime = (version: number): readonly string[] =>
  ['cudart64', 'cublas64', 'cublasLt64'].map((name) => `${name}_${version}.dll`);

test('a driver with Vulkan gets Vulkan', () => {
  assert.deepEqual(offered(offer('linux', 'x64', ['libvulkan.so.1'])), [['linux-x64-vulkan']]);
  assert.deepEqual(offered(offer('win32', 'x64', ['vulkan-1.dll'])), [['win-x64-vulkan']]);
});

test('an NVIDIA driver without the CUDA runtime gets Vulkan', () => {
  assert.deepEqual(offered(offer('linux', 'x64', linuxDriver)), [['linux-x64-vulkan']]);
  const part = [...linuxDriver, 'libcudart.so.13'];
  assert.deepEqual(offered(offer('linux', 'x64', part)), [['linux-x64-vulkan']]);
});

test('the CUDA runtime without a driver is of no use', () => {
  assert.equal(offer('linux', 'x64', linuxRuntime(13)).type, 'none');
});

test('driver and runtime get CUDA first, with one more package for CUDA 12', () => {
  const of13 = offer('linux', 'x64', [...linuxDriver, ...linuxRuntime(12), ...linuxRuntime(13)]);
  assert.deepEqual(offered(of13), [['linux-x64-cuda'], ['linux-x64-vulkan']]);
  const of12 = offer('linux', 'x64', [...linuxDriver, ...linuxRuntime(12)]);
  assert.deepEqual(offered(of12), [['linux-x64-cuda', 'linux-x64-cuda-ext'], ['linux-x64-vulkan']]);
  const windows = offer('win32', 'x64', ['nvcuda.dll', ...windowsRuntime(12)]);
  assert.deepEqual(offered(windows), [['win-x64-cuda', 'win-x64-cuda-ext']]);
});

test('what is fetched is counted over all packages', () => {
  const found = offer('linux', 'x64', ['libcuda.so.1', ...linuxRuntime(12)]);
  assert.equal(found.type, 'choices');
  const names = ['@node-llama-cpp/linux-x64-cuda', '@node-llama-cpp/linux-x64-cuda-ext'];
  const sum = names.reduce((total, name) => total + (release.packages[name]?.bytes ?? Number.NaN), 0);
  assert.equal(found.choices[0].bytes, sum);
  assert.ok(found.choices[0].unpackedBytes > sum);
});

test('where there is nothing to fetch, it says why', () => {
  for (const [platform, arch, why] of [
    ['linux', 'x64', /libvulkan\.so\.1/],
    ['win32', 'x64', /vulkan-1\.dll/],
    ['darwin', 'arm64', /already \(Metal\)/],
    ['darwin', 'x64', /Intel/],
    ['linux', 'arm64', /this kind of machine/],
    ['win32', 'arm64', /this kind of machine/],
  ] as const) {
    const found = offer(platform, arch, arch === 'arm64' ? ['libvulkan.so.1', 'vulkan-1.dll'] : []);
    assert.equal(found.type, 'none');
    assert.match(found.why, why);
  }
});

test('the packages are of the engine that is installed', async () => {
  const manifest = new URL('../../../node_modules/node-llama-cpp/package.json', import.meta.url);
  const { version, optionalDependencies } = JSON.parse(await readFile(manifest, 'utf8')) as {
    readonly version: string;
    readonly optionalDependencies: Readonly<Record<string, string>>;
  };
  assert.equal(packages.version, version);
  for (const [name, { integrity }] of Object.entries(packages.packages)) {
    assert.equal(optionalDependencies[name], version);
    assert.match(integrity, /^sha512-[\w+/]{86}==$/);
  }
});
