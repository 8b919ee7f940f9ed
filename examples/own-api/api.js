// The API: it takes access tokens that were issued for it, and asks Microsoft Graph on behalf of the person who calls.
// It has a registration and a secret of its own, keeps no session and needs no entra().
import express from 'express';
import { createApi } from 'ms-identity-typescript-webapp/graph';
import { onBehalfOf, protectApi, signInFailures } from 'ms-identity-typescript-webapp/sign-in';

const CLIENT_ID = '22222222-2222-4222-8222-222222222222';
const SECRET = process.env.API_CLIENT_SECRET ?? 'anything: the emulator takes it';

const guard = (access) =>
  protectApi({
    clientId: CLIENT_ID,
    clientSecret: SECRET,
    // Version 1.0 tokens name the App ID URI, version 2.0 tokens the client id.
    audience: [CLIENT_ID, `api://${CLIENT_ID}`],
    ...access,
  });
const openGraph = createApi(process.env.GRAPH_ENDPOINT ?? 'https://graph.microsoft.com');
const orders = [{ item: 'tea', buyer: 'Nia Okafor' }];

const app = express();
// A person's token has scopes; the token of a program that calls as itself has roles. One of each is enough.
app.get(
  '/orders',
  guard({ scopes: ['Orders.Read', 'Orders.Write'], roles: ['Orders.Read.All'] }),
  (_request, response) => {
    response.json(orders);
  },
);
app.post('/orders', guard({ scopes: ['Orders.Write'] }), express.json(), async (request, response) => {
  const graph = openGraph({ token: () => onBehalfOf(request, { scopes: ['User.Read'] }) });
  const { displayName } = await graph.get('/v1.0/me?$select=displayName');
  orders.push({ item: request.body.item, buyer: displayName });
  response.status(201).json(orders.at(-1));
});

app.use(signInFailures());
app.listen(process.env.API_PORT ?? 5002, 'localhost', () => console.log('listening'));
