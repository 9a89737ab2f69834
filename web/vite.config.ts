// Nine pages, one bundle each: a pupil downloads nothing of the teacher's or the author's page.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

const page = (path: string) => new URL(path, import.meta.url).pathname;

export default defineConfig({
  plugins: [
    svelte({
      onwarn(warning) {
        throw new Error(`${warning.filename}: ${warning.message}`);
      },
    }),
  ],
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // the content security policy allows no data: fonts
    chunkSizeWarningLimit: 700, // temml, on the author's page alone
    rollupOptions: {
      input: {
        start: page("index.html"),
        pupil: page("pupil/index.html"),
        teacher: page("teacher/index.html"),
        author: page("author/index.html"),
        guardian: page("guardian/index.html"),
        leader: page("leader/index.html"),
        talent: page("talent/index.html"),
        admin: page("admin/index.html"),
        school: page("school/index.html"),
      },
    },
  },
  resolve: process.env.VITEST ? { conditions: ["browser"] } : undefined,
  test: { include: ["src/**/*.test.ts"], testTimeout: 30_000 },
});
