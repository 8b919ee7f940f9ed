// The Graph SDK for JavaScript (Kiota), with azure-identity's token.
import { EnvironmentCredential } from '@azure/identity';
import { AzureIdentityAuthenticationProvider } from '@microsoft/kiota-authentication-azure';
import { createGraphServiceClient, GraphRequestAdapter } from '@microsoft/msgraph-sdk';
import '@microsoft/msgraph-sdk-users';
import { perform } from '../../../../emulator/clients/talk.mjs';

await perform({
  async flow() {
    const scopes = ['https://graph.microsoft.com/.default'];
    const provider = new AzureIdentityAuthenticationProvider(new EnvironmentCredential(), scopes);
    const graph = createGraphServiceClient(new GraphRequestAdapter(provider));
    const { value } = await graph.users.get({ queryParameters: { top: 3 } });
    return `${value.length} people`;
  },
});
