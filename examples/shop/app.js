// A shop that had a session of its own before anybody could sign in. The three marked lines are all that was added: the
// shop's cookie, its store and request.session stay as they were, over sign-ins and sign-outs.
import express from 'express';
import session from 'express-session';
import { entra, requiresSignIn, signInFailures } from 'ms-identity-typescript-webapp/sign-in'; // added

const app = express();
app.use(session({ name: 'shop', secret: 'of the shop', resave: false, saveUninitialized: false }));
app.use(entra()); // added

app.get('/basket', (request, response) => {
  response.json(request.session.basket ?? []);
});
app.post('/basket/:item', (request, response) => {
  request.session.basket = [...(request.session.basket ?? []), request.params.item];
  response.status(201).json(request.session.basket);
});
app.get('/checkout', requiresSignIn(), (request, response) => {
  const { basket = [] } = request.session;
  response.type('text').send(`${basket.join(', ')} for ${request.entra.account.displayName}`);
});

app.use(signInFailures()); // added
app.listen(process.env.PORT ?? 5000, 'localhost', () => console.log('listening'));
