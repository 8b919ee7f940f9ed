// An app that calls an API of its own (api.js) for the person who is signed in.
import express from 'express';
import { entra, requiresSignIn, signInFailures } from 'ms-identity-typescript-webapp/sign-in';

const app = express();
app.use(
  entra({
    apis: {
      orders: {
        baseUrl: process.env.ORDERS_URL ?? 'http://localhost:5002',
        scopes: ['api://22222222-2222-4222-8222-222222222222/Orders.Write'],
      },
    },
  }),
);

app.get('/orders', requiresSignIn(), async (request, response) => {
  response.json(await request.entra.api('orders').get('/orders'));
});
app.post('/orders', requiresSignIn(), express.json(), async (request, response) => {
  response.status(201).json(await request.entra.api('orders').post('/orders', { item: request.body.item }));
});

app.use(signInFailures());
app.listen(process.env.PORT ?? 5000, 'localhost', () => console.log('listening'));
