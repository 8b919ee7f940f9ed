import {
  DEFAULT_CLIENT_ID as CLIENT_ID,
  CONTOSO_ID,
  MICROSOFT_HOSTS,
  DEFAULT_CLIENT_SECRET as SECRET,
} from '../registry/index.ts';

/** What to write in one language, to be copied. */
export interface Snippet {
  readonly id: string;
  readonly language: string;
  readonly text: string;
  /** What has to be so for it to work. */
  readonly note?: string;
}

/** The addresses that snippets name. */
interface Addresses {
  readonly login: string;
  readonly graph: string;
  readonly isHttps: boolean;
}

const SCOPE = 'https://graph.microsoft.com/.default';

/** The snippets for an emulator that is reached at this origin, the same in the terminal and on the start page. */
export function snippetsFor(origin: string): readonly Snippet[] {
  const isMicrosoft = MICROSOFT_HOSTS.includes(new URL(origin).hostname);
  const addresses: Addresses = {
    login: isMicrosoft ? 'https://login.microsoftonline.com' : origin,
    graph: isMicrosoft ? 'https://graph.microsoft.com' : origin,
    isHttps: origin.startsWith('https:'),
  };
  return [variables, curl, msalNode, inTests, msalPython, go, java, dotNet].map((write) => write(addresses));
}

function variables({ login, graph }: Addresses): Snippet {
  const text = `CLIENT_ID=${CLIENT_ID}
CLIENT_SECRET=${SECRET}
AUTHORITY=${login}/common
GRAPH_ENDPOINT=${graph}`;
  return { id: 'variables', language: 'Settings', text };
}

function curl({ login, graph }: Addresses): Snippet {
  const text = `curl -d client_id=${CLIENT_ID} -d client_secret=${SECRET} -d grant_type=client_credentials \\
    -d scope=${SCOPE} ${login}/${CONTOSO_ID}/oauth2/v2.0/token
curl -H 'Authorization: Bearer TOKEN' '${graph}/v1.0/users?$top=5'`;
  return { id: 'curl', language: 'curl', text };
}

function msalNode({ login, isHttps }: Addresses): Snippet {
  const authority = isHttps
    ? `    authority: '${login}/common',
    knownAuthorities: ['${new URL(login).host}'],`
    : `    authority: 'https://login.microsoftonline.com/common',
    authorityMetadata: await discovery.text(),`;
  const discovery = isHttps
    ? ''
    : `const discovery = await fetch('${login}/common/v2.0/.well-known/openid-configuration');\n`;
  const text = `import { ConfidentialClientApplication } from '@azure/msal-node';

${discovery}const client = new ConfidentialClientApplication({
  auth: {
    clientId: '${CLIENT_ID}',
    clientSecret: '${SECRET}',
${authority}
  },
});`;
  return { id: 'node', language: 'Node, MSAL', text };
}

function inTests(): Snippet {
  const text = `import { startEmulator } from 'ms-identity-typescript-webapp/emulator';

const emulator = await startEmulator({ port: 0 });
const { CLIENT_ID, CLIENT_SECRET, AUTHORITY, GRAPH_ENDPOINT } = emulator.environment(); // for your app
await page.goto('http://localhost:5000/login'); // Playwright
await emulator.signIn(page, 'adele.vance@contoso.example');
await emulator.close();`;
  return { id: 'tests', language: 'Node, in tests', text };
}

const OVER_HTTPS = 'It speaks https only: start the emulator with --https.';

function needsHttps({ isHttps }: Addresses): Pick<Snippet, 'note'> {
  return isHttps ? {} : { note: OVER_HTTPS };
}

const asHttps = ({ login }: Addresses): string => login.replace(/^http:/, 'https:');

function msalPython(addresses: Addresses): Snippet {
  const text = `import msal

app = msal.ConfidentialClientApplication(
    "${CLIENT_ID}",
    client_credential="${SECRET}",
    authority="${asHttps(addresses)}/${CONTOSO_ID}",
    instance_discovery=False,
)
print(app.acquire_token_for_client(["${SCOPE}"]))`;
  return { id: 'python', language: 'Python, MSAL', text, ...needsHttps(addresses) };
}

function go({ login, graph }: Addresses): Snippet {
  const text = `package main

import (
	"context"
	"fmt"

	"golang.org/x/oauth2/clientcredentials"
)

func main() {
	app := clientcredentials.Config{
		ClientID:     "${CLIENT_ID}",
		ClientSecret: "${SECRET}",
		TokenURL:     "${login}/${CONTOSO_ID}/oauth2/v2.0/token",
		Scopes:       []string{"${SCOPE}"},
	}
	users, err := app.Client(context.Background()).Get("${graph}/v1.0/users?$top=5")
	fmt.Println(users, err)
}`;
  return { id: 'go', language: 'Go', text };
}

function java(addresses: Addresses): Snippet {
  const text = `var app = ConfidentialClientApplication.builder("${CLIENT_ID}",
        ClientCredentialFactory.createFromSecret("${SECRET}"))
    .authority("${asHttps(addresses)}/${CONTOSO_ID}")
    .validateAuthority(false)
    .instanceDiscovery(false)
    .build();`;
  return { id: 'java', language: 'Java, MSAL4J', text, ...needsHttps(addresses) };
}

function dotNet(addresses: Addresses): Snippet {
  const text = `var app = ConfidentialClientApplicationBuilder.Create("${CLIENT_ID}")
    .WithClientSecret("${SECRET}")
    .WithAuthority("${asHttps(addresses)}/${CONTOSO_ID}", validateAuthority: false)
    .WithInstanceDiscovery(false)
    .Build();`;
  return { id: 'dotnet', language: '.NET, MSAL', text, ...needsHttps(addresses) };
}
