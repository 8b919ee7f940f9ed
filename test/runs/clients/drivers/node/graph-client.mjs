// The Graph client for JavaScript, with azure-identity's token.
import { EnvironmentCredential } from '@azure/identity';
import { Client } from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';
import { perform } from '../../../../emulator/clients/talk.mjs';

await perform({
  async flow() {
    const scopes = ['https://graph.microsoft.com/.default'];
    const authProvider = new TokenCredentialAuthenticationProvider(new EnvironmentCredential(), { scopes });
    const { value } = await Client.initWithMiddleware({ authProvider }).api('/users').top(3).get();
    return `${value.length} people`;
  },
});
