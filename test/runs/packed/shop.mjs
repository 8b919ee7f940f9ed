// A shop of somebody's with Passport, a session of its own, helmet and body parsers, in the Express that is installed.
import express from 'express';
import session from 'express-session';
import helmet from 'helmet';
import { entra, requiresRole, requiresSignIn, signInFailures } from 'ms-identity-typescript-webapp/sign-in';
import passport from 'passport';

/** Takes whoever names themselves: the shop's customers are not its staff. */
class Customers extends passport.Strategy {
  name = 'customers';
  authenticate(request) {
    this.success({ name: String(request.query.name) });
  }
}
passport.use(new Customers());
passport.serializeUser((user, done) => done(null, user.name));
passport.deserializeUser((name, done) => done(null, { name }));

const app = express();
app.use(helmet());
app.use(express.json(), express.urlencoded({ extended: true }));
app.use(session({ secret: 'of the shop', resave: false, saveUninitialized: true }));
app.use(passport.initialize(), passport.session());
app.use(entra());
app.get('/customer', passport.authenticate('customers'), (request, response) => response.json(who(request)));
app.get('/who', (request, response) => response.json(who(request)));
app.get('/staff', requiresSignIn(), (request, response, next) => {
  const people = request.entra.api('graph').get('/v1.0/users?$top=5');
  people.then(({ value }) => response.json({ ...who(request), people: value.length })).catch(next);
});
app.post('/order', requiresSignIn(), (request, response) => {
  response.json({ ...who(request), order: request.body });
});
app.get('/admin', requiresRole('Shop.Admin'), (_request, response) => response.send('secrets'));
app.use(signInFailures());
app.listen(Number(process.env.PORT), 'localhost', () => console.log('listening'));

function who({ user, entra: { account } }) {
  return { customer: user?.name, staff: account?.username };
}
