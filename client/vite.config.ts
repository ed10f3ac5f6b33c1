import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

export default defineConfig({
  base: "/",
  resolve: {
    // Three fifths of the bundle, unused with our own media manager, and its script would come from a CDN.
    alias: { "@daily-co/daily-js": fileURLToPath(new URL("src/transport/no-daily.ts", import.meta.url)) },
  },
  build: {
    outDir: "../daemon/aidevops_voice/static",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
