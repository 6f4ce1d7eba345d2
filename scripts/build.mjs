import '../esbuild.mjs';
