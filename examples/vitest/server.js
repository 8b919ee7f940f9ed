import { createApp } from './app.js';

const app = await createApp(process.env);
await app.listen({ host: process.env.HOST ?? 'localhost', port: Number(process.env.PORT ?? 5000) });
console.log(`listening at ${process.env.BASE_URL}`);
