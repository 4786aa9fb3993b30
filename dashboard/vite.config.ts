/** Builds the dashboard into dist/, which the server serves under /app; `npm run dev -w dashboard` asks a running server for the API. */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const server = 'http://localhost:4000';

export default defineConfig({
  base: '/app/',
  plugins: [react(), tailwindcss(), compressed()],
  build: {
    // Recharts is the one big part; it is loaded only where a chart is shown.
    chunkSizeWarningLimit: 600,
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': server, '/v1': server } },
});

/** Writes .br and .gz beside each text file, so that the server compresses nothing while it serves. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_options, bundle) {
      const files = Object.values(bundle).filter((file) => /\.(?:js|css)$/.test(file.fileName));
      await Promise.all(
        files.map(async (file) => {
          const content = Buffer.from(file.type === 'chunk' ? file.code : file.source);
          const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
          const [br, gz] = await Promise.all([
            promisify(brotliCompress)(content, quality),
            promisify(gzip)(content, { level: 9 }),
          ]);
          this.emitFile({ type: 'asset', fileName: `${file.fileName}.br`, source: br });
          this.emitFile({ type: 'asset', fileName: `${file.fileName}.gz`, source: gz });
        }),
      );
    },
  };
}
