/** The ceiling: a bare Fastify handler that parses the JSON body and answers. Run as a process of its own; the port is its argument. */
import Fastify from 'fastify';

const app = Fastify({ bodyLimit: 1_048_576 });
app.post('/v1/track', async () => ({ success: true }));
app.post('/v1/batch', async () => ({ success: true }));
await app.listen({ port: Number(process.argv[2]), host: '127.0.0.1' });
