// The Microsoft Graph client as its documentation shows it; it sends tokens over https only.
import { Client, PageIterator } from '@microsoft/microsoft-graph-client';
import { perform, settings } from './talk.mjs';

const client = Client.init({
  baseUrl: `${settings.baseUrl}/`,
  customHosts: new Set(['localhost']),
  authProvider: (done) => done(null, settings.accessToken),
});

await perform({
  async list() {
    const names = [];
    const first = await client.api('/users').top(100).select('id,displayName').get();
    const pages = new PageIterator(client, first, ({ displayName }) => names.push(displayName) > 0);
    await pages.iterate();
    return { count: names.length, distinct: new Set(names).size > 100, complete: pages.isComplete() };
  },
  async search() {
    const eventual = client.api('/users').header('ConsistencyLevel', 'eventual');
    const found = await eventual.search('"displayName:adele"').count(true).get();
    return { names: found.value.map((one) => one.displayName), count: found['@odata.count'] };
  },
  async count() {
    return { count: await client.api('/users/$count').header('ConsistencyLevel', 'eventual').get() };
  },
  async photo() {
    const blob = await client.api(`/users/${settings.user}/photo/$value`).get();
    return { type: blob.type, size: blob.size };
  },
  async me() {
    return await client.api('/me').get();
  },
});
