// The page of the laboratory's report as one file, dist/report.html: script and style inside, no network. The program
// puts the numbers in (server/commands/report_page.hpp).
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

const path = (relative: string) => new URL(relative, import.meta.url).pathname;

export default defineConfig({
  root: path("report"),
  publicDir: false,
  plugins: [svelte(), viteSingleFile()],
  build: {
    target: "es2022",
    outDir: path("dist"),
    emptyOutDir: false,
    chunkSizeWarningLimit: 700, // the chart library
    rollupOptions: { input: path("report/report.html") },
  },
});
