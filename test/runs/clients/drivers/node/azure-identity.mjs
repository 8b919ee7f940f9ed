// azure-identity: the app's own token, with which the Azure clients' pipeline asks for people.
import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createPipelineFromOptions,
  createPipelineRequest,
} from '@azure/core-rest-pipeline';
import { EnvironmentCredential } from '@azure/identity';
import { perform } from '../../../../emulator/clients/talk.mjs';

await perform({
  async flow() {
    const pipeline = createPipelineFromOptions({});
    const scopes = 'https://graph.microsoft.com/.default';
    pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential: new EnvironmentCredential(), scopes }));
    const request = createPipelineRequest({ url: 'https://graph.microsoft.com/v1.0/users?$top=3' });
    const { status, bodyAsText } = await pipeline.sendRequest(createDefaultHttpClient(), request);
    if (status !== 200) throw new Error(`Graph: ${status} ${bodyAsText}`);
    return `${JSON.parse(bodyAsText).value.length} people`;
  },
});
