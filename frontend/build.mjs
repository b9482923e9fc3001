// Builds scripts and styles into src/maisui/web/static/dist: names with a hash, .br and .gz beside each file, manifest.json.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { selected } from "./select-styles.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, "..", "src", "maisui", "web", "static", "dist");
const sourcesHash = process.argv[2] ?? "";

/** Takes from Tabler's stylesheet only the families that pages use. */
const selectStyles = {
  name: "select-styles",
  setup(builder) {
    builder.onLoad({ filter: /tabler\.css$/ }, async ({ path: file }) => ({
      contents: selected(await readFile(file, "utf-8")),
      loader: "css",
    }));
  },
};

const shared = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  metafile: true,
  write: false,
  legalComments: "none",
  target: ["chrome123", "firefox121", "safari17.5"],
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  outdir: dist,
  logLevel: "warning",
  plugins: [selectStyles],
};

async function main() {
  const modules = await build({ ...shared, entryPoints: { app: "src/app.ts", charts: "src/charts.ts" }, format: "esm", splitting: true });
  const early = await build({ ...shared, entryPoints: { theme: "src/theme.ts" }, format: "iife" });
  const styles = await build({ ...shared, entryPoints: { app: "styles/app.css" } });
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  const files = {};
  for (const result of [modules, early, styles]) {
    for (const [output, facts] of Object.entries(result.metafile.outputs)) {
      const extension = path.extname(output);
      if (facts.entryPoint) files[path.basename(facts.entryPoint).replace(/\.[a-z]+$/, "") + extension] = path.basename(output);
    }
    for (const file of result.outputFiles) await writeCompressed(file.path, file.contents);
  }
  await writeFile(path.join(dist, "manifest.json"), `${JSON.stringify({ sources: sourcesHash, files }, null, 2)}\n`);
  await report();
}

async function writeCompressed(file, contents) {
  await writeFile(file, contents);
  const size = contents.byteLength;
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: size } };
  await writeFile(`${file}.br`, brotliCompressSync(contents, options));
  await writeFile(`${file}.gz`, gzipSync(contents, { level: 9 }));
}

async function report() {
  for (const name of (await readdir(dist)).filter((entry) => entry.endsWith(".br"))) {
    const bytes = (await readFile(path.join(dist, name))).byteLength;
    console.log(`${name.padEnd(36)}${(bytes / 1024).toFixed(1)} KB`);
  }
}

await main();
