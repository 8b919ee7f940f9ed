// Pages for those who have an app role, and for members of a group. Everybody else gets one page with 403 that says what
// is missing.
import express from 'express';
import {
  entra,
  requiresGroup,
  requiresRole,
  requiresSignIn,
  signInFailures,
} from 'ms-identity-typescript-webapp/sign-in';

/** Object id of the group "Warehouse" (Microsoft Entra admin center, Groups). */
const WAREHOUSE = '5f3c1f60-0000-4000-8000-00000000000a';

const app = express();
// Somebody in more than 200 groups has none in their token: then Microsoft Graph is asked.
app.use(entra({ groups: 'resolve-overage', scopes: ['User.Read'] }));

app.get('/', requiresSignIn(), (request, response) => {
  const { account, roles, groups } = request.entra;
  response.json({ username: account.username, roles, groups });
});
app.get('/stock', requiresGroup(WAREHOUSE), (_request, response) => {
  response.type('text').send('12 chests of tea');
});
app.get('/orders', requiresRole('Orders.Read', 'Orders.Admin'), (_request, response) => {
  response.type('text').send('3 orders');
});
// Who lost the role a minute ago still has it in their token: this route asks for a new one first.
app.post(
  '/orders/cancel',
  requiresSignIn({ freshRoles: true }),
  requiresRole('Orders.Admin'),
  (_request, response) => {
    response.type('text').send('cancelled');
  },
);

app.use(signInFailures());
app.listen(process.env.PORT ?? 5000, 'localhost', () => console.log('listening'));
